using Jobs;

namespace Acme.Worker;

[Job(Cpu = 512, MemoryMiB = 1024, TimeoutMinutes = 15)]
[OnUpload("incoming/", Suffix = ".txt")]
public sealed class LineCount : IJob<Upload, LineCount.Counted>
{
    public sealed record Counted(long Lines);

    public async Task<Counted> RunAsync(Upload upload, JobContext job, CancellationToken stop)
    {
        using var text = new StreamReader(await job.OpenAsync(upload, stop));
        long lines = 0;
        while (await text.ReadLineAsync(stop) is not null) lines++;
        return new(lines);
    }
}
