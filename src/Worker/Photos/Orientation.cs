namespace Jobs.Worker.Photos;

/// <param name="Number">EXIF's number, 1 to 8; anything else is unknown.</param>
/// <param name="Words">What to do to see the photo upright.</param>
public sealed record Orientation(int Number, string Words)
{
    /// <summary>EXIF 2.32, table 6.</summary>
    public static Orientation Of(int number) => new(number, number switch
    {
        1 => "upright",
        2 => "mirror horizontally",
        3 => "rotate by 180°",
        4 => "mirror vertically",
        5 => "mirror horizontally and rotate by 270° clockwise",
        6 => "rotate by 90° clockwise",
        7 => "mirror horizontally and rotate by 90° clockwise",
        8 => "rotate by 270° clockwise",
        _ => "unknown",
    });
}
