namespace Jobs.Page.Reading;

/// <param name="X">Of its left edge, in pixels.</param>
/// <param name="Y">Of its upper edge, in pixels.</param>
internal readonly record struct MapPlace(double X, double Y);
