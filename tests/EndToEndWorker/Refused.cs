namespace Jobs.Tests.EndToEndWorker;

/// <summary>Fails as the upload says, at once and for good: each way is a cause of alerts of its own.</summary>
[OnUpload("refused/")]
[Retry(Attempts = 1)]
public sealed class Refused : IJob<Upload, string>
{
    public async Task<string> RunAsync(Upload input, JobContext job, CancellationToken stop)
    {
        using var text = new StreamReader(await job.OpenAsync(input, stop));
        throw await text.ReadToEndAsync(stop) switch
        {
            "an argument" => new ArgumentException("It was told to."),
            _ => new JobFailedException("It was told to."),
        };
    }
}
