using Jobs.Core;

namespace Jobs.Sdk.Canaries;

/// <summary>Runs on Fargate Spot, and may be interrupted there.</summary>
[Job(
    Name = CanaryNames.OnSpot,
    Owner = CanaryWork.Owner,
    Spot = true,
    TimeoutMinutes = 5,
    StopTimeoutSeconds = CanaryNames.StopTimeoutSeconds)]
[Retry(Attempts = 1)]
internal sealed class CanaryOnSpot(TimeProvider clock) : IJob<CanaryInput, CanaryResult>
{
    public Task<CanaryResult> RunAsync(CanaryInput input, JobContext job, CancellationToken stop) =>
        CanaryWork.DoAsync(input, job, clock, stop);
}
