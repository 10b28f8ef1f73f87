using Jobs.Core.Ids;

namespace Jobs.Core.Workers;

/// <summary>
/// The worker's side of the Results table. Every write is conditioned on the launch still being the claimed one;
/// losing that condition is a return value.
/// </summary>
public interface IWorkerRecords
{
    /// <summary>
    /// Claims the launch for a task and clears what an earlier launch left, except its checkpoint. False when another
    /// task claimed this launch or any task a later one. The same task may claim again: its first answer may have been
    /// lost.
    /// </summary>
    Task<bool> ClaimAsync(LaunchId launch, string taskArn, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>
    /// Notes a sign of life and, when given, progress. False when a later launch has claimed the run.
    /// </summary>
    Task<bool> HeartbeatAsync(
        LaunchId launch, DateTimeOffset at, WorkerProgress? progress, CancellationToken cancellation);

    /// <summary>Keeps a checkpoint in place of the last one. False when a later launch has claimed the run.</summary>
    Task<bool> SaveCheckpointAsync(LaunchId launch, string json, CancellationToken cancellation);

    /// <summary>
    /// The run's checkpoint as JSON, whichever launch saved it; null when there is none. The read is consistent.
    /// </summary>
    Task<string?> ReadCheckpointAsync(RunId run, CancellationToken cancellation);

    /// <summary>
    /// Notes how the job ended; a result clears the checkpoint, which is not read any more. False when a later launch
    /// has claimed the run.
    /// </summary>
    Task<bool> CompleteAsync(LaunchId launch, DateTimeOffset at, WorkerOutcome outcome, CancellationToken cancellation);
}
