using Jobs.Core.Ids;
using Jobs.Core.Workers;

namespace Jobs.Tests.Unit.Sdk;

/// <summary>Records whose calls fail when a test wants it.</summary>
internal sealed class FlakyRecords(IWorkerRecords inner) : IWorkerRecords
{
    private int _failures;

    /// <summary>What a call throws; null for nothing.</summary>
    public Func<string, Exception?> Fault { get; set; } = _ => null;

    public int Failures => Volatile.Read(ref _failures);

    public Task<bool> ClaimAsync(LaunchId launch, string taskArn, DateTimeOffset at, CancellationToken cancellation) =>
        Call(nameof(ClaimAsync), () => inner.ClaimAsync(launch, taskArn, at, cancellation));

    public Task<bool> HeartbeatAsync(
        LaunchId launch, DateTimeOffset at, WorkerProgress? progress, CancellationToken cancellation) =>
        Call(nameof(HeartbeatAsync), () => inner.HeartbeatAsync(launch, at, progress, cancellation));

    public Task<bool> SaveCheckpointAsync(LaunchId launch, string json, CancellationToken cancellation) =>
        Call(nameof(SaveCheckpointAsync), () => inner.SaveCheckpointAsync(launch, json, cancellation));

    public Task<string?> ReadCheckpointAsync(RunId run, CancellationToken cancellation) =>
        Call(nameof(ReadCheckpointAsync), () => inner.ReadCheckpointAsync(run, cancellation));

    public Task<bool> CompleteAsync(
        LaunchId launch, DateTimeOffset at, WorkerOutcome outcome, CancellationToken cancellation) =>
        Call(nameof(CompleteAsync), () => inner.CompleteAsync(launch, at, outcome, cancellation));

    private Task<T> Call<T>(string call, Func<Task<T>> forward)
    {
        if (Fault(call) is not { } fault) return forward();
        Interlocked.Increment(ref _failures);
        return Task.FromException<T>(fault);
    }
}
