using Jobs.Core.Runs;
using Jobs.Core.Workers;

namespace Jobs.Core.Ports;

/// <summary>
/// The worker's side of the Results table. Every write is conditioned on the launch still being the claimed one;
/// losing that condition is a return value.
/// </summary>
public interface IWorkerRecords
{
    /// <summary>
    /// Claims the launch for a task and clears what an earlier launch left. False when another task claimed this launch
    /// or any task a later one. The same task may claim again: its first answer may have been lost.
    /// </summary>
    Task<bool> ClaimAsync(LaunchId launch, string taskArn, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>Notes a sign of life and, when given, progress. False when a later launch has claimed the run.</summary>
    Task<bool> HeartbeatAsync(LaunchId launch, DateTimeOffset at, WorkerProgress? progress, CancellationToken cancellation);

    /// <summary>Notes how the job ended. False when a later launch has claimed the run.</summary>
    Task<bool> CompleteAsync(LaunchId launch, DateTimeOffset at, WorkerOutcome outcome, CancellationToken cancellation);
}
