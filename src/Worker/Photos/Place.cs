namespace Jobs.Worker.Photos;

/// <summary>Where a photo was taken, by GPS.</summary>
/// <param name="Latitude">Degrees, north positive.</param>
/// <param name="Longitude">Degrees, east positive.</param>
/// <param name="Altitude">Metres above the sea, below negative; null when unknown.</param>
public sealed record Place(double Latitude, double Longitude, double? Altitude);
