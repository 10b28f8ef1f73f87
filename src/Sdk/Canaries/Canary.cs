using Jobs.Core;

namespace Jobs.Sdk.Canaries;

/// <summary>
/// Is submitted, scheduled, made to fail, timed out and cancelled. A failure is repeated once, a timeout never.
/// </summary>
[Job(
    Name = CanaryNames.Canary,
    Owner = CanaryWork.Owner,
    TimeoutMinutes = 1,
    StopTimeoutSeconds = CanaryNames.StopTimeoutSeconds)]
[OnSchedule(
    "cron(* * * * ? *)", Name = CanaryNames.Schedule, Input = """{"does":"succeed"}""", Disabled = true)]
[Retry(Attempts = 2, BackoffSeconds = 1, NonRetryableClasses = [VerdictClass.TimedOut])]
internal sealed class Canary(TimeProvider clock) : IJob<CanaryInput, CanaryResult>
{
    public Task<CanaryResult> RunAsync(CanaryInput input, JobContext job, CancellationToken stop) =>
        CanaryWork.DoAsync(input, job, clock, stop);
}
