using Microsoft.Extensions.Logging;

namespace Jobs.Sdk.Canaries;

/// <summary>Does what a canary's input says.</summary>
internal static class CanaryWork
{
    /// <summary>Who answers for the canaries, for the e-mails about them.</summary>
    public const string Owner = "Verification of the stack";

    public static async Task<CanaryResult> DoAsync(
        CanaryInput input, JobContext job, TimeProvider clock, CancellationToken stop)
    {
        job.Logger.LogInformation("Canary {Token} is told: {Act}.", input.Token, input.Does);
        switch (input.Does)
        {
            case CanaryAct.Fail:
                throw new InvalidOperationException(
                    "A verification of the stack asked for this failure. There is nothing to mend.");
            case CanaryAct.Wait:
            case CanaryAct.WaitOnce when job.Launch == 1:
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, stop);
                break;
        }

        return new CanaryResult(input.Token);
    }
}
