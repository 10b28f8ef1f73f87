using Jobs.Core;
using Jobs.Core.Runs;

namespace Jobs.Cli.Verify;

/// <summary>A run that is cancelled while it works.</summary>
internal sealed class CancelTrial(Stage stage)
    : Trial("cancel", "A run that is cancelled ends within its stop timeout, which is 10 s.")
{
    /// <summary>For the command's way, StopTask, and the event that says STOPPED.</summary>
    private static readonly TimeSpan Limit =
        TimeSpan.FromSeconds(CanaryNames.StopTimeoutSeconds) + TimeSpan.FromMinutes(2);

    protected override async Task<Finding> TryAsync(CancellationToken cancellation)
    {
        var run = await stage.SubmitAsync(CanaryNames.Canary, "wait", Name);
        await stage.UntilAsync(run, reading => reading.VisibleState == RunState.Running, cancellation);
        var asked = stage.Clock.GetUtcNow();
        await stage.CancelAsync(run, cancellation);
        await stage.EndOfAsync(run, RunState.Cancelled, cancellation);
        var seen = $"Run {run} was over {stage.Since(asked)} after it was asked to end.";
        return stage.Clock.GetUtcNow() - asked <= Limit
            ? Kept(seen)
            : throw new MissedException(
                seen,
                $"See which step took so long: {stage.Lines.Show(run.ToString())}");
    }
}
