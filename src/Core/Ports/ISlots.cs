using Jobs.Core.Runs;

namespace Jobs.Core.Ports;

/// <summary>Permissions to be one of a capped job's concurrent attempts.</summary>
public interface ISlots
{
    /// <summary>Takes a slot; a holder that asks again still has it. False when all are taken.</summary>
    Task<bool> AcquireAsync(LaunchId launch, int cap, CancellationToken cancellation);

    /// <summary>Gives the slot back; a launch that holds none changes nothing.</summary>
    Task ReleaseAsync(LaunchId launch, CancellationToken cancellation);

    /// <summary>The launches that hold the job's slots now.</summary>
    Task<IReadOnlyList<LaunchId>> HoldersAsync(string job, CancellationToken cancellation);
}
