namespace Jobs.Tests.EndToEndWorker;

/// <summary>Runs on Spot until the test lets it through.</summary>
[Job(Spot = true, StopTimeoutSeconds = 20)]
[OnUpload("slow-on-spot/")]
[Reads("gates/")]
[Writes("running/")]
[Retry(Attempts = 1)]
public sealed class SlowOnSpot : IJob<Upload, string>
{
    public Task<string> RunAsync(Upload input, JobContext job, CancellationToken stop) =>
        Gate.PassAsync(input, job, stop);
}
