namespace Jobs.Tests.EndToEndWorker;

/// <summary>A small job on Spot that survives much: what chaos is let loose on.</summary>
[Job(Spot = true, MaxConcurrent = 8, StopTimeoutSeconds = 5)]
[OnUpload("brief/")]
[OnUpload("brief/", Bucket = "raw")]
[Retry(Attempts = 20, BackoffSeconds = 0)]
public sealed class Brief : IJob<Upload, string>
{
    public async Task<string> RunAsync(Upload input, JobContext job, CancellationToken stop)
    {
        using var text = new StreamReader(await job.OpenAsync(input, stop));
        return await text.ReadToEndAsync(stop);
    }
}
