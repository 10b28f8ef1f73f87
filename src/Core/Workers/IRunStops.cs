using Jobs.Core.Ids;

namespace Jobs.Core.Workers;

/// <summary>The worker's read of why its task is being stopped: ECS sends SIGTERM and does not say.</summary>
public interface IRunStops
{
    /// <summary>What the run's control item says now; null when there is no such run.</summary>
    Task<RunStop?> ReadAsync(RunId run, CancellationToken cancellation);
}
