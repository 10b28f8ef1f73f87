namespace Jobs.Core.Pauses;

/// <summary>Where the stack's pauses are kept: one item of the Runs table.</summary>
public interface IPauses
{
    /// <summary>The pauses as they are now; of version 0 when nothing is stored.</summary>
    Task<PauseList> ReadAsync(CancellationToken cancellation);

    /// <summary>
    /// Writes them if the stored version is still the one before. False when another process wrote first.
    /// </summary>
    Task<bool> SaveAsync(PauseList pauses, CancellationToken cancellation);
}
