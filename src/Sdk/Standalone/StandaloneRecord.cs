using Jobs.Core.Ids;
using Jobs.Core.Workers;
using Jobs.Sdk.Hosting;

namespace Jobs.Sdk.Standalone;

/// <summary>A run that is in this process alone: its input, its record, and no stack around it.</summary>
internal sealed class StandaloneRecord(LaunchId launch, string input, TextWriter notes)
    : IRunInputs, IRunStops, IWorkerRecords, ITaskMetadata
{
    private string? _checkpoint;

    /// <summary>How it ended; null as long as it runs.</summary>
    public WorkerOutcome? Outcome { get; private set; }

    public Task<RunInput?> ReadAsync(RunId run, CancellationToken cancellation) =>
        Task.FromResult<RunInput?>(new RunInput(input));

    Task<RunStop?> IRunStops.ReadAsync(RunId run, CancellationToken cancellation) =>
        Task.FromResult<RunStop?>(new RunStop(launch.Number, null));

    public Task<string> TaskArnAsync(CancellationToken cancellation) =>
        Task.FromResult("arn:aws:ecs:us-east-1:000000000000:task/standalone/1");

    public Task<bool> ClaimAsync(LaunchId claimed, string taskArn, DateTimeOffset at, CancellationToken cancellation) =>
        Task.FromResult(true);

    public async Task<bool> HeartbeatAsync(
        LaunchId of, DateTimeOffset at, WorkerProgress? progress, CancellationToken cancellation)
    {
        if (progress is not null)
        {
            await notes.WriteLineAsync($"progress: {progress.Fraction:P0} {progress.Message}".AsMemory(), cancellation);
        }

        return true;
    }

    public Task<bool> SaveCheckpointAsync(LaunchId saving, string json, CancellationToken cancellation)
    {
        _checkpoint = json;
        return Task.FromResult(true);
    }

    public Task<string?> ReadCheckpointAsync(RunId run, CancellationToken cancellation) => Task.FromResult(_checkpoint);

    public Task<bool> CompleteAsync(
        LaunchId ended, DateTimeOffset at, WorkerOutcome outcome, CancellationToken cancellation)
    {
        Outcome = outcome;
        return Task.FromResult(true);
    }
}
