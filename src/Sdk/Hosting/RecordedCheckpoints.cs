using Jobs.Core.Ports;
using Jobs.Core.Runs;

namespace Jobs.Hosting;

/// <summary>The checkpoint on the worker's record.</summary>
internal sealed class RecordedCheckpoints(IWorkerRecords records, LaunchId launch) : ICheckpoints
{
    public Task<bool> SaveAsync(string json, CancellationToken cancellation) => records.SaveCheckpointAsync(launch, json, cancellation);

    public Task<string?> ReadAsync(CancellationToken cancellation) => records.ReadCheckpointAsync(launch.Run, cancellation);
}
