using System.Text;

namespace Jobs.Tests.EndToEndWorker;

/// <summary>Does not listen to <c>stop</c>, and would go on for hours.</summary>
[Job(StopTimeoutSeconds = 4)]
[OnUpload("stubborn/")]
[Writes("running/")]
[Retry(Attempts = 1)]
public sealed class Stubborn : IJob<Upload, string>
{
    public async Task<string> RunAsync(Upload input, JobContext job, CancellationToken stop)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("deaf"));
        await job.WriteAsync($"running/{input.Key}/{job.Launch}", content, "text/plain", CancellationToken.None);
        await Task.Delay(TimeSpan.FromHours(4), TimeProvider.System, CancellationToken.None);
        return "never";
    }
}
