using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Jpeg;
using ExifDirectory = MetadataExtractor.Directory;

namespace Jobs.Worker.Photos;

/// <summary>
/// From a JPEG's bytes to what it says. Whatever cannot be read ends in a <see cref="JobFailedException"/> with the
/// remedy.
/// </summary>
internal static class PhotoReader
{
    private const string SendAgain = "Upload the camera's file again, unchanged.";

    /// <exception cref="JobFailedException">The file is empty, not a JPEG, cut off, or without photo data.</exception>
    public static Photo Read(MemoryStream file)
    {
        if (file.Length == 0)
        {
            throw new JobFailedException(
                $"The file is empty (0 bytes): the upload was probably broken off. {SendAgain}");
        }

        ReadOnlySpan<byte> bytes = file.GetBuffer().AsSpan(0, (int)file.Length);
        if (!JpegFile.HasSignature(bytes))
        {
            throw new JobFailedException("The file is not a JPEG, whatever its name says. Export the photo as JPEG.");
        }

        using var head = JpegFile.HeadOf(bytes) ?? throw CutOff(cause: null);
        var directories = ReadDirectories(head);
        if (!directories.OfType<ExifDirectoryBase>().Any())
        {
            throw new JobFailedException(
                "The file is a JPEG without photo data (EXIF): a drawing, a screenshot, or a photo that an app " +
                "stripped. Upload the camera's original.");
        }

        return Describe(directories, file.Length);
    }

    private static IReadOnlyList<ExifDirectory> ReadDirectories(MemoryStream head)
    {
        try
        {
            return JpegMetadataReader.ReadMetadata(head);
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

    private static Photo Describe(IReadOnlyList<ExifDirectory> directories, long bytes)
    {
        var frame = directories.OfType<JpegDirectory>().FirstOrDefault() ?? throw CutOff(cause: null);
        if (!frame.TryGetInt32(JpegDirectory.TagImageWidth, out var width)
            || !frame.TryGetInt32(JpegDirectory.TagImageHeight, out var height))
        {
            throw Damaged("its frame has no size.", cause: null);
        }

        // The directories after the first describe the thumbnail.
        var main = directories.OfType<ExifIfd0Directory>().ToList();
        return new Photo(width, height, bytes)
        {
            Orientation = ExifTags.Number(main, ExifDirectoryBase.TagOrientation) is { } number
                ? Orientation.Of(number)
                : null,
            CameraMake = ExifTags.Text(main, ExifDirectoryBase.TagMake),
            CameraModel = ExifTags.Text(main, ExifDirectoryBase.TagModel),
            TakenAt = TakenTime.Of([.. directories.Where(one => one is ExifIfd0Directory or ExifSubIfdDirectory)]),
            Place = directories.OfType<GpsDirectory>()
                .Select(PlaceReader.Read)
                .FirstOrDefault(place => place is not null),
        };
    }
}
