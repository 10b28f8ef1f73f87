namespace Jobs.Tests.EndToEnd.Permissions;

/// <summary>What another job submits.</summary>
[Job]
public sealed class Part : IJob<int, int>
{
    public Task<int> RunAsync(int input, JobContext job, CancellationToken stop) => Task.FromResult(input);
}
