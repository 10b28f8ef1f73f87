using Jobs.Cli.Output;
using Jobs.Core;

namespace Jobs.Cli.Verify;

/// <summary>A job that would never end.</summary>
internal sealed class TimeoutTrial(Stage stage)
    : Trial("timeout", "A run that takes longer than its TimeoutMinutes, which are 1, is stopped.")
{
    protected override async Task<Finding> TryAsync(CancellationToken cancellation)
    {
        var run = await stage.SubmitAsync(CanaryNames.Canary, "wait", Name);
        var end = (await stage.EndOfAsync(run, RunState.TimedOut, cancellation)).Run;
        var took = end.EndedAt - (end.StartedAt ?? end.CreatedAt);
        return Kept($"Run {run} was over {Words.Span(took ?? TimeSpan.Zero)} after it began.");
    }
}
