namespace Acme.Worker;

/// <summary>Counts the lines of each text that is uploaded below incoming/.</summary>
[Job(Cpu = 256, MemoryMiB = 512, TimeoutMinutes = 15)]
[OnUpload("incoming/", Suffix = ".txt")]
[Retry(Attempts = 3, BackoffSeconds = 30)]
public sealed class LineCount : IJob<Upload, LineCount.Counted>
{
    public sealed record Counted(long Lines);

    public async Task<Counted> RunAsync(Upload upload, JobContext job, CancellationToken stop)
    {
        using var text = new StreamReader(await job.OpenAsync(upload, stop));
        long lines = 0;
        while (await text.ReadLineAsync(stop) is not null) lines++;
        return lines > 0 ? new(lines) : throw new JobFailedException("The file is empty. Upload one with content.");
    }
}
