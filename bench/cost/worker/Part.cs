namespace Jobs.Bench.CostWorker;

/// <summary>The child: a small part of its parent's work.</summary>
[Job]
public sealed class Part : IJob<Part.Work, string>
{
    public sealed record Work(string Name);

    public Task<string> RunAsync(Work input, JobContext job, CancellationToken stop) => Task.FromResult(input.Name);
}
