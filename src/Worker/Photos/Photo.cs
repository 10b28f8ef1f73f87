namespace Jobs.Worker.Photos;

/// <summary>What a photo says about itself.</summary>
/// <param name="Width">Pixels of a row as stored, before the orientation is applied.</param>
/// <param name="Height">Rows as stored.</param>
/// <param name="Bytes">Size of the file.</param>
public sealed record Photo(int Width, int Height, long Bytes)
{
    /// <summary>Null when the camera did not say.</summary>
    public Orientation? Orientation { get; init; }

    public string? CameraMake { get; init; }

    public string? CameraModel { get; init; }

    /// <summary>ISO 8601; with an offset where the camera wrote one, else local to an unknown place.</summary>
    public string? TakenAt { get; init; }

    public Place? Place { get; init; }
}
