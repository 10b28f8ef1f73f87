using System.Diagnostics;

namespace Jobs.Tests.EndToEndWorker;

/// <summary>
/// Does a step of its own and a call to the address that its upload says, then fails; or, when it says so, submits a
/// child and goes on with its result.
/// </summary>
[OnUpload("traced/")]
[Retry(Attempts = 2, BackoffSeconds = 0)]
[Submits<TracedPart>]
public sealed class Traced : IJob<Upload, string>
{
    private static readonly ActivitySource Own = new("Acme.Orders");

    public async Task<string> RunAsync(Upload input, JobContext job, CancellationToken stop)
    {
        using var text = new StreamReader(await job.OpenAsync(input, stop));
        var words = (await text.ReadToEndAsync(stop)).Split(' ');
        if (words is ["parent", ..]) return await GoOnAsync(job, stop);
        using var step = Own.StartActivity("price orders");
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(words[0]), stop);
        throw new InvalidOperationException("There are no prices.");
    }

    private static async Task<string> GoOnAsync(JobContext job, CancellationToken stop)
    {
        if ((await job.ChildrenAsync(stop)).Count > 0) return "done";
        await job.SubmitAsync<TracedPart>([new TracedPart.Part(1)], stop);
        throw job.AwaitChildren();
    }
}
