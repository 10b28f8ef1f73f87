namespace Jobs.Tests.EndToEndWorker;

/// <summary>Tells others than the admins how its runs end; an upload that says so fails.</summary>
[Job(Owner = "Orders team")]
[OnUpload("told/")]
[Notify("orders@example.com", On = NotifyOn.Always)]
[Notify("failures@example.com")]
public sealed class Told : IJob<Upload, string>
{
    public async Task<string> RunAsync(Upload input, JobContext job, CancellationToken stop)
    {
        using var text = new StreamReader(await job.OpenAsync(input, stop));
        var said = await text.ReadToEndAsync(stop);
        return said == "fail" ? throw new JobFailedException("It was told to.") : said;
    }
}
