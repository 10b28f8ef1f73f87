using Jobs.Cli.Output;
using Jobs.Core;

namespace Jobs.Cli.Verify;

/// <summary>A command that is delivered twice.</summary>
internal sealed class OnceTrial(Stage stage)
    : Trial("once", "A command that is sent twice starts one run, which has one task.")
{
    /// <summary>More than there may be.</summary>
    private const int Limit = 100;

    protected override async Task<Finding> TryAsync(CancellationToken cancellation)
    {
        var asked = stage.Clock.GetUtcNow();
        var run = await stage.SubmitAsync(CanaryNames.Canary, "succeed", Name, times: 2);
        var end = await stage.EndOfAsync(run, RunState.Succeeded, cancellation);
        stage.CheckToken(end, stage.TokenOf(Name));
        var listed = await stage.Stack.History.PageAsync(
            [CanaryNames.Canary], $"{Stage.LabelName}={stage.TokenOf(Name)}", null, null, Limit, cancellation);
        if (end.Run.Launch != 1 || listed.Runs.Count > 1)
        {
            throw new MissedException(
                $"{Words.Count(Math.Max(1, listed.Runs.Count), "run")}, the first with " +
                $"{Words.Count(end.Run.Launch, "launch", "launches")}.",
                $"See why it was launched again: {stage.Lines.Show(run.ToString())}");
        }

        return Kept($"One run, {run}, with one task, over {stage.Since(asked)} after it was asked for.");
    }
}
