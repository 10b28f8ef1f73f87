using Jobs.Core.Runs;

namespace Jobs.Core.Ports;

/// <summary>Permissions to be one of a capped job's concurrent attempts.</summary>
public interface ISlots
{
    /// <summary>
    /// Takes a slot; a holder that asks again still has it. False when all are taken: that somebody waits is then remembered until
    /// <see cref="NobodyWaitsAsync"/>.
    /// </summary>
    Task<bool> AcquireAsync(LaunchId launch, int cap, CancellationToken cancellation);

    /// <summary>Gives the slot back; a launch that holds none changes nothing. True when somebody may wait for it.</summary>
    Task<bool> ReleaseAsync(LaunchId launch, CancellationToken cancellation);

    /// <summary>Notes that no run of the job was found waiting, so that the next release need not look.</summary>
    Task NobodyWaitsAsync(string job, CancellationToken cancellation);

    /// <summary>The launches that hold the job's slots now.</summary>
    Task<IReadOnlyList<LaunchId>> HoldersAsync(string job, CancellationToken cancellation);
}
