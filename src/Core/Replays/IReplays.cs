namespace Jobs.Core.Replays;

/// <summary>Where replays are kept.</summary>
public interface IReplays
{
    /// <summary>False when there is one of this id.</summary>
    Task<bool> CreateAsync(Replay replay, CancellationToken cancellation);

    /// <summary>
    /// Writes it if its stored version is still the one before. False when another process wrote first.
    /// </summary>
    Task<bool> SaveAsync(Replay replay, CancellationToken cancellation);

    /// <summary>Null when there is none of this id.</summary>
    Task<Replay?> ReadAsync(string id, CancellationToken cancellation);

    /// <summary>Those that are not over.</summary>
    Task<IReadOnlyList<Replay>> ActiveAsync(CancellationToken cancellation);
}
