namespace Jobs.Core.Backlog;

/// <summary>What is known of the runs that drain queues: one item for each job. Reads are consistent.</summary>
public interface IDrains
{
    /// <summary>The item as it is; of version 0 when nothing is stored.</summary>
    Task<DrainState> ReadAsync(string job, CancellationToken cancellation);

    /// <summary>
    /// Writes the item if its stored version is still the one before. False when another process wrote first.
    /// </summary>
    Task<bool> SaveAsync(DrainState state, CancellationToken cancellation);
}
