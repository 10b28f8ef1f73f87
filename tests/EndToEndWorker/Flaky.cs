namespace Jobs.Tests.EndToEndWorker;

/// <summary>Throws until the attempt whose number its upload says.</summary>
[OnUpload("flaky/")]
[Retry(Attempts = 3, BackoffSeconds = 1)]
public sealed class Flaky : IJob<Upload, string>
{
    public async Task<string> RunAsync(Upload input, JobContext job, CancellationToken stop)
    {
        var wanted = await UploadedNumber.ReadAsync(input, job, stop);
        return job.Launch >= wanted
            ? $"attempt {job.Launch}"
            : throw new InvalidOperationException($"Attempt {job.Launch} of {wanted} fails.");
    }
}
