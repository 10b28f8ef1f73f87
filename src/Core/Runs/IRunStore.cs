using Jobs.Core.Ids;
using Jobs.Core.Workers;

namespace Jobs.Core.Runs;

/// <summary>The Runs table: control items, inputs and attempts. Reads are consistent.</summary>
public interface IRunStore
{
    /// <summary>Writes a run that does not exist yet, with its input. False when it exists.</summary>
    Task<bool> CreateAsync(Run run, CancellationToken cancellation);

    /// <summary>The run and what its worker recorded, in one call; null when there is no such run.</summary>
    Task<RunReading?> ReadAsync(RunId id, CancellationToken cancellation);

    /// <summary>Runs and what their workers recorded, in as few calls as there can be.</summary>
    Task<RunReadings> ReadAsync(IReadOnlyCollection<RunId> ids, CancellationToken cancellation);

    /// <summary>
    /// Writes the run if its stored version is still the one before. False when another process wrote first.
    /// </summary>
    Task<bool> SaveAsync(Run run, CancellationToken cancellation);

    /// <summary>
    /// Closes a launch to its worker: it can record nothing from now on. Repeating it changes nothing.
    /// </summary>
    /// <returns>What it recorded, or a worker of another launch; null when none has claimed the run.</returns>
    Task<WorkerRecord?> CloseAsync(LaunchId launch, CancellationToken cancellation);

    /// <summary>The run's input as JSON, wherever it is kept; null when there is no such run.</summary>
    Task<string?> ReadInputAsync(RunId id, CancellationToken cancellation);

    /// <summary>Keeps an attempt that has ended; writing it again changes nothing.</summary>
    Task SaveAttemptAsync(Attempt attempt, CancellationToken cancellation);

    /// <summary>Attempts that have ended without success, oldest first.</summary>
    Task<IReadOnlyList<Attempt>> AttemptsAsync(RunId id, CancellationToken cancellation);

    /// <summary>
    /// The same, as cheap as it can be when that of the last launch is among them: each is kept before the next launch
    /// is.
    /// </summary>
    Task<IReadOnlyList<Attempt>> AttemptsAsync(LaunchId last, CancellationToken cancellation) =>
        AttemptsAsync(last.Run, cancellation);
}
