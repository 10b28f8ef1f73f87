using Jobs.Aws.Workers;
using Jobs.Core.Ids;
using Jobs.Core.Workers;
using Jobs.Sdk.Contexts;

namespace Jobs.Sdk.Hosting;

/// <summary>The checkpoint on the worker's record.</summary>
internal sealed class RecordedCheckpoints(IWorkerRecords records, LaunchId launch, AwsPatience patience) : ICheckpoints
{
    public Task<bool> SaveAsync(string json, CancellationToken cancellation) => patience.AskAsync(
        $"The checkpoint of run {launch.Run} could not be saved in the Results table",
        () => records.SaveCheckpointAsync(launch, json, cancellation),
        denialPasses: true,
        cancellation);

    public Task<string?> ReadAsync(CancellationToken cancellation) => patience.AskAsync(
        $"The checkpoint of run {launch.Run} could not be read from the Results table",
        () => records.ReadCheckpointAsync(launch.Run, cancellation),
        denialPasses: true,
        cancellation);
}
