using System.Globalization;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Jpeg;
using ExifDirectory = MetadataExtractor.Directory;

namespace Jobs.Worker.Photos;

/// <summary>From a JPEG's bytes to what it says. Whatever cannot be read ends in a <see cref="JobFailedException"/> with the remedy.</summary>
internal static class PhotoReader
{
    private const string SendAgain = "Upload the camera's file again, unchanged.";

    /// <exception cref="JobFailedException">The file is empty, not a JPEG, cut off, or without photo data.</exception>
    public static Photo Read(MemoryStream file)
    {
        if (file.Length == 0) throw new JobFailedException($"The file is empty (0 bytes): the upload was probably broken off. {SendAgain}");
        ReadOnlySpan<byte> bytes = file.GetBuffer().AsSpan(0, (int)file.Length);
        if (!JpegFile.HasSignature(bytes)) throw new JobFailedException("The file is not a JPEG, whatever its name says. Export the photo as JPEG.");
        var directories = ReadDirectories(file);
        if (!JpegFile.IsComplete(bytes)) throw CutOff(cause: null);
        var exif = directories.OfType<ExifDirectoryBase>().ToList();
        if (exif.Count == 0)
        {
            throw new JobFailedException(
                "The file is a JPEG without photo data (EXIF): a drawing, a screenshot, or a photo that an app stripped. Upload the camera's original.");
        }

        return Describe(directories, exif, file.Length);
    }

    private static IReadOnlyList<ExifDirectory> ReadDirectories(MemoryStream file)
    {
        try
        {
            return JpegMetadataReader.ReadMetadata(file);
        }
        catch (Exception e) when (e is JpegProcessingException or MetadataException)
        {
            throw Damaged($"{e.Message.TrimEnd('.')}.", e);
        }
        catch (IOException e)
        {
            throw CutOff(e);
        }
    }

    private static JobFailedException Damaged(string what, Exception? cause) =>
        new($"The file begins like a JPEG but is damaged: {what} {SendAgain}", cause!);

    private static JobFailedException CutOff(Exception? cause) =>
        new($"The photo is cut off: its file ends before its picture does. {SendAgain}", cause!);

    private static Photo Describe(IReadOnlyList<ExifDirectory> directories, List<ExifDirectoryBase> exif, long bytes)
    {
        var frame = directories.OfType<JpegDirectory>().FirstOrDefault() ?? throw CutOff(cause: null);
        if (!frame.TryGetInt32(JpegDirectory.TagImageWidth, out var width) || !frame.TryGetInt32(JpegDirectory.TagImageHeight, out var height))
        {
            throw Damaged("its frame has no size.", cause: null);
        }

        return new Photo(width, height, bytes)
        {
            Orientation = Number(exif, ExifDirectoryBase.TagOrientation) is { } number ? Orientation.Of(number) : null,
            CameraMake = Text(exif, ExifDirectoryBase.TagMake),
            CameraModel = Text(exif, ExifDirectoryBase.TagModel),
            TakenAt = TakenAt(exif),
            Place = directories.OfType<GpsDirectory>().Select(PlaceOf).FirstOrDefault(place => place is not null),
        };
    }

    /// <summary>EXIF writes 2026:01:31 13:45:00, and cameras whose clock or time zone was never set write zeros or spaces.</summary>
    private static string? TakenAt(List<ExifDirectoryBase> exif)
    {
        if (!DateTime.TryParseExact(
            Text(exif, ExifDirectoryBase.TagDateTimeOriginal), "yyyy:MM:dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return null;
        }

        var time = local.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        var withOffset = time + Text(exif, ExifDirectoryBase.TagTimeZoneOriginal);
        return DateTimeOffset.TryParseExact(withOffset, "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? withOffset : time;
    }

    /// <summary>Cameras that did not know where they were write zeros, or fractions by zero, which are infinite here.</summary>
    private static Place? PlaceOf(GpsDirectory gps)
    {
        if (gps.GetGeoLocation() is not { IsZero: false, Latitude: >= -90 and <= 90, Longitude: >= -180 and <= 180 } location) return null;
        double? altitude = gps.TryGetDouble(GpsDirectory.TagAltitude, out var metres) && double.IsFinite(metres) ? metres : null;
        var below = gps.TryGetInt32(GpsDirectory.TagAltitudeRef, out var reference) && reference == 1;
        return new Place(Math.Round(location.Latitude, 6), Math.Round(location.Longitude, 6), below ? -altitude : altitude);
    }

    private static int? Number(List<ExifDirectoryBase> exif, int tag)
    {
        foreach (var directory in exif)
        {
            if (directory.TryGetInt32(tag, out var number)) return number;
        }

        return null;
    }

    private static string? Text(List<ExifDirectoryBase> exif, int tag) =>
        exif.Select(directory => directory.GetString(tag)?.Trim('\0', ' ')).FirstOrDefault(text => !string.IsNullOrEmpty(text));
}
