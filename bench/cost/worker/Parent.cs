namespace Jobs.Bench.CostWorker;

/// <summary>Submits one child, awaits it, and has its result.</summary>
[OnUpload("parents/")]
[Submits<Part>]
public sealed class Parent : IJob<Upload, string>
{
    public async Task<string> RunAsync(Upload input, JobContext job, CancellationToken stop)
    {
        var children = await job.ChildrenAsync(stop);
        if (children.Count > 0) return await job.ResultAsync<string>(children[0], stop);
        await job.SubmitAsync<Part>([new Part.Work(input.Key)], stop);
        throw job.AwaitChildren();
    }
}
