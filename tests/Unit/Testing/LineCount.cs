namespace Jobs.Tests.Unit.Testing;

[Job(Cpu = 512, MemoryMiB = 1024, TimeoutMinutes = 15)]      // the name is line-count
[OnUpload("incoming/", Suffix = ".txt")]
[Retry(Attempts = 3, BackoffSeconds = 30)]
public sealed class LineCount : IJob<Upload, LineCount.Counted>
{
    public sealed record Counted(long Lines);

    public async Task<Counted> RunAsync(Upload upload, JobContext job, CancellationToken stop)
    {
        using var text = new StreamReader(await job.OpenAsync(upload, stop));   // the version the event named
        long lines = 0;
        while (await text.ReadLineAsync(stop) is not null) lines++;
        return lines > 0 ? new(lines) : throw new JobFailedException("The file is empty. Upload one with content.");
    }
}
