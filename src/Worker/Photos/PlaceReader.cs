using MetadataExtractor;
using MetadataExtractor.Formats.Exif;

namespace Jobs.Worker.Photos;

/// <summary>
/// Reads where a photo was taken. A hemisphere that is not said is no place: the photo could be on the other one.
/// </summary>
internal static class PlaceReader
{
    /// <summary>Cameras that did not know where they were write zeros, fractions by zero, or no hemisphere.</summary>
    public static Place? Read(GpsDirectory gps)
    {
        var latitude = Degrees(gps, GpsDirectory.TagLatitude, GpsDirectory.TagLatitudeRef, 'N', 'S');
        var longitude = Degrees(gps, GpsDirectory.TagLongitude, GpsDirectory.TagLongitudeRef, 'E', 'W');
        if (latitude is not (>= -90 and <= 90)
            || longitude is not (>= -180 and <= 180)
            || (latitude == 0 && longitude == 0))
        {
            return null;
        }

        return new Place(Math.Round(latitude.Value, 6), Math.Round(longitude.Value, 6), Altitude(gps));
    }

    /// <summary>Degrees, minutes and seconds, and a hemisphere by its letter or its word.</summary>
    private static double? Degrees(GpsDirectory gps, int tag, int reference, char positive, char negative)
    {
        if (ExifTags.Text([gps], reference) is not { } hemisphere
            || gps.GetRationalArray(tag) is not { Length: 3 } parts)
        {
            return null;
        }

        var letter = char.ToUpperInvariant(hemisphere[0]);
        if (letter != positive && letter != negative) return null;
        var value = parts.Select((part, i) => Math.Abs(part.ToDouble()) / Math.Pow(60, i)).Sum();
        return letter == negative || parts[0].ToDouble() < 0 ? -value : value;
    }

    /// <summary>
    /// Metres; EXIF 3 has two numbers for below, of the sea (3) and of the ellipsoid (1). A sign that is written counts
    /// too.
    /// </summary>
    private static double? Altitude(GpsDirectory gps)
    {
        if (!gps.TryGetDouble(GpsDirectory.TagAltitude, out var metres) || !double.IsFinite(metres)) return null;
        return ExifTags.Number([gps], GpsDirectory.TagAltitudeRef) is 1 or 3 ? -Math.Abs(metres) : metres;
    }
}
