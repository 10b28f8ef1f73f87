namespace Jobs.Tests.EndToEndWorker;

/// <summary>Runs until the test lets it through.</summary>
[Job(TimeoutMinutes = 30, StopTimeoutSeconds = 20)]
[OnUpload("slow/")]
[Reads("gates/")]
[Writes("running/")]
[Retry(Attempts = 2, BackoffSeconds = 1)]
public sealed class Slow : IJob<Upload, string>
{
    public Task<string> RunAsync(Upload input, JobContext job, CancellationToken stop) =>
        Gate.PassAsync(input, job, stop);
}
