using Jobs.Cli.Output;

namespace Jobs.Cli.Verify;

/// <summary>A job that throws each time.</summary>
internal sealed class FailureTrial(Stage stage)
    : Trial("failure", "A run that fails is repeated as declared, and then failed for good, with the reason.")
{
    /// <summary>As the canary declares.</summary>
    private const int Attempts = 2;

    protected override async Task<Finding> TryAsync(CancellationToken cancellation)
    {
        var run = (await stage.FailureAsync()).Run;
        return run is { Attempt: Attempts, Verdict.Class: VerdictClass.JobFailed }
            ? Kept($"Run {run.Id} failed after {Words.Count(run.Attempt, "attempt")}: {run.Verdict.Sentence}")
            : throw new MissedException(
                $"Run {run.Id} failed as {run.Verdict?.Class} after {Words.Count(run.Attempt, "attempt")} of " +
                $"{Attempts}: {run.Verdict?.Sentence}",
                run.Verdict is { NextStep: { Length: > 0 } step } ? step : stage.Lines.Show(run.Id.ToString()));
    }
}
