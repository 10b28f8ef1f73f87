using System.Collections.Concurrent;
using Jobs.Core.Ids;
using Jobs.Core.Workers;

namespace Jobs.Tests.InMemory;

/// <summary>Worker records in memory, with the conditions the Results table has.</summary>
public sealed class InMemoryWorkerRecords : IWorkerRecords
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RunId, WorkerRecord> _records = [];
    private readonly Dictionary<RunId, int> _closed = [];
    private readonly ConcurrentQueue<string> _calls = new();

    /// <summary>Name of every call so far, in order.</summary>
    public IReadOnlyCollection<string> Calls => _calls;

    /// <summary>Called after every write, outside any lock.</summary>
    public Action? Written { get; set; }

    public WorkerRecord? Find(RunId run)
    {
        lock (_gate) return _records.GetValueOrDefault(run);
    }

    /// <summary>Closes a launch: what its worker writes from now on is refused.</summary>
    /// <returns>What is recorded.</returns>
    public WorkerRecord? Close(LaunchId launch)
    {
        lock (_gate)
        {
            _closed[launch.Run] = Math.Max(launch.Number, _closed.GetValueOrDefault(launch.Run));
            return _records.GetValueOrDefault(launch.Run);
        }
    }

    public Task<bool> ClaimAsync(
        LaunchId launch, string taskArn, DateTimeOffset at, CancellationToken cancellation) => WriteAsync(
        nameof(ClaimAsync),
        launch,
        old => old is null || old.Launch < launch.Number || (old.Launch == launch.Number && old.TaskArn == taskArn),
        old => new WorkerRecord(launch.Number, taskArn, at) { CheckpointJson = old?.CheckpointJson },
        cancellation);

    public Task<bool> HeartbeatAsync(
        LaunchId launch, DateTimeOffset at, WorkerProgress? progress, CancellationToken cancellation) => WriteAsync(
        nameof(HeartbeatAsync),
        launch,
        old => old?.Launch == launch.Number,
        old => old! with { HeartbeatAt = at, Progress = progress ?? old.Progress },
        cancellation);

    public Task<bool> SaveCheckpointAsync(LaunchId launch, string json, CancellationToken cancellation) => WriteAsync(
        nameof(SaveCheckpointAsync),
        launch,
        old => old?.Launch == launch.Number,
        old => old! with { CheckpointJson = json },
        cancellation);

    public Task<string?> ReadCheckpointAsync(RunId run, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _calls.Enqueue(nameof(ReadCheckpointAsync));
        return Task.FromResult(Find(run)?.CheckpointJson);
    }

    public Task<bool> CompleteAsync(
        LaunchId launch, DateTimeOffset at, WorkerOutcome outcome, CancellationToken cancellation) => WriteAsync(
        nameof(CompleteAsync),
        launch,
        old => old?.Launch == launch.Number,
        old => old! with
        {
            CompletedAt = at,
            ResultJson = outcome.ResultJson,
            ResultKey = outcome.ResultKey,
            Error = outcome.Error,
            Children = outcome.Children,
            Labels = outcome.Labels,
            ExitCode = outcome.ExitCode,
            LogTail = outcome.LogTail,
            CheckpointJson = outcome.HasResult ? null : old.CheckpointJson,
        },
        cancellation);

    private Task<bool> WriteAsync(
        string call, LaunchId launch, Func<WorkerRecord?, bool> condition, Func<WorkerRecord?, WorkerRecord> write,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _calls.Enqueue(call);
        lock (_gate)
        {
            var old = _records.GetValueOrDefault(launch.Run);
            if (_closed.GetValueOrDefault(launch.Run) >= launch.Number || !condition(old))
            {
                return Task.FromResult(false);
            }

            _records[launch.Run] = write(old);
        }

        Written?.Invoke();
        return Task.FromResult(true);
    }
}
