using Jobs.Core.Runs;

namespace Jobs.Core.Ports;

/// <summary>The Runs table: control items, inputs and attempts. Reads are consistent unless said otherwise.</summary>
public interface IRunStore
{
    /// <summary>Writes a run that does not exist yet, with its input. False when it exists.</summary>
    Task<bool> CreateAsync(Run run, CancellationToken cancellation);

    /// <summary>The run and what its worker recorded, in one call; null when there is no such run.</summary>
    Task<RunReading?> ReadAsync(RunId id, CancellationToken cancellation);

    /// <summary>Writes the run if its stored version is still the one before. False when somebody was faster.</summary>
    Task<bool> SaveAsync(Run run, CancellationToken cancellation);

    /// <summary>The run's input as JSON, wherever it is kept; null when there is no such run.</summary>
    Task<string?> ReadInputAsync(RunId id, CancellationToken cancellation);

    /// <summary>Keeps an attempt that has ended; writing it again changes nothing.</summary>
    Task SaveAttemptAsync(Attempt attempt, CancellationToken cancellation);

    /// <summary>Attempts that have ended without success, oldest first.</summary>
    Task<IReadOnlyList<Attempt>> AttemptsAsync(RunId id, CancellationToken cancellation);

    /// <summary>Adds the names of the jobs now deployed to those ever deployed, and returns them all.</summary>
    Task<IReadOnlyCollection<string>> RegisterJobsAsync(IReadOnlyCollection<string> deployed, CancellationToken cancellation);

    /// <summary>
    /// Runs of a job that are due to be looked at and do not merely wait, most overdue first. Read from an index, so possibly stale:
    /// read each run before acting.
    /// </summary>
    Task<IReadOnlyList<RunId>> DueAsync(string job, DateTimeOffset now, int limit, CancellationToken cancellation);

    /// <summary>
    /// Runs of a job that wait and may start by then, in the order in which they should. Read from an index, so possibly stale and without
    /// a large input: what is written on the strength of it is conditioned on the version as always.
    /// </summary>
    Task<IReadOnlyList<Run>> WaitingAsync(string job, DateTimeOffset by, int limit, CancellationToken cancellation);

    /// <summary>Runs of a job that wait although their time as a whole is over. Reads all that wait; possibly stale.</summary>
    Task<IReadOnlyList<RunId>> OverdueAsync(string job, DateTimeOffset now, int limit, CancellationToken cancellation);

    /// <summary>The newest runs of a job, newest first. Read from an index, so possibly a moment behind.</summary>
    Task<IReadOnlyList<RunId>> RecentAsync(string job, int limit, CancellationToken cancellation);
}
