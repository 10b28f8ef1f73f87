namespace Jobs.Tests.EndToEndWorker;

/// <summary>
/// Tells others than the admins how its runs end, and labels each with its file's name; an upload that says so fails.
/// </summary>
[Job(Owner = "Orders team")]
[Label("team", "orders")]
[OnUpload("told/")]
[Notify("orders@example.com", On = NotifyOn.Always)]
[Notify("failures@example.com")]
public sealed class Told : IJob<Upload, string>
{
    public async Task<string> RunAsync(Upload input, JobContext job, CancellationToken stop)
    {
        job.Label("file", Path.GetFileName(input.Key));
        using var text = new StreamReader(await job.OpenAsync(input, stop));
        var said = await text.ReadToEndAsync(stop);
        return said == "fail" ? throw new JobFailedException("It was told to.") : said;
    }
}
