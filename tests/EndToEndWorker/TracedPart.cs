namespace Jobs.Tests.EndToEndWorker;

/// <summary>A child whose trace is its parent's.</summary>
public sealed class TracedPart : IJob<TracedPart.Part, string>
{
    public sealed record Part(int Number);

    public Task<string> RunAsync(Part input, JobContext job, CancellationToken stop) => Task.FromResult("done");
}
