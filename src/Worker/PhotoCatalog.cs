using Jobs.Worker.Photos;

namespace Jobs.Worker;

/// <summary>Reads what a camera wrote into a photo: size, orientation, camera, time and place.</summary>
[Job(Cpu = 256, MemoryMiB = 512, TimeoutMinutes = 5)]
[OnUpload("photos/", Suffix = ".jpg")]
[OnUpload("photos/", Suffix = ".jpeg")]
public sealed class PhotoCatalog : IJob<Upload, Photo>
{
    /// <summary>Bytes of a photo, which is held in memory while it is read.</summary>
    public const int MaxBytes = 64 * 1_024 * 1_024;

    public async Task<Photo> RunAsync(Upload upload, JobContext job, CancellationToken stop)
    {
        var content = await job.OpenAsync(upload, stop);
        await using (content)
        {
            using var file = await LoadAsync(content, stop);
            return PhotoReader.Read(file);
        }
    }

    private static async Task<MemoryStream> LoadAsync(Stream content, CancellationToken stop)
    {
        var file = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = await content.ReadAsync(buffer, stop)) > 0;)
        {
            if (file.Length + read > MaxBytes)
            {
                throw new JobFailedException(
                    $"The file is larger than {MaxBytes / 1_048_576} MB, so it is hardly a photo. Upload the " +
                    "camera's JPEG.");
            }

            file.Write(buffer, 0, read);
        }

        file.Position = 0;
        return file;
    }
}
