using Jobs.Core;
using Jobs.Core.Runs;

namespace Jobs.Cli.Verify;

/// <summary>A run on Fargate Spot, interrupted where that can be asked for.</summary>
internal sealed class SpotTrial(Stage stage)
    : Trial("spot", "A run that Spot interrupts is repeated on demand, at no attempt's cost.")
{
    protected override Task<Finding> TryAsync(CancellationToken cancellation) =>
        stage.Probe.CanInterrupt ? InterruptAsync(cancellation) : RunAsOrdinaryAsync(cancellation);

    private async Task<Finding> InterruptAsync(CancellationToken cancellation)
    {
        var run = await stage.SubmitAsync(CanaryNames.OnSpot, "waitOnce", Name);
        var running = await stage.UntilAsync(
            run, reading => reading.VisibleState == RunState.Running && TaskOf(reading) is not null, cancellation);
        await stage.Probe.InterruptAsync(TaskOf(running)!, cancellation);
        var end = (await stage.EndOfAsync(run, RunState.Succeeded, cancellation)).Run;
        return end is { Interruptions: 1, Attempt: 1, UsesSpot: false }
            ? Kept($"Run {run} was interrupted on Spot, and succeeded on demand in launch {end.Launch}.")
            : throw new MissedException(
                $"Run {run} succeeded with {end.Interruptions} interruptions in attempt {end.Attempt}, " +
                $"{(end.UsesSpot ? "on Spot" : "on demand")}.",
                $"See its attempts: {stage.Lines.Show(run.ToString())}");
    }

    private async Task<Finding> RunAsOrdinaryAsync(CancellationToken cancellation)
    {
        var run = await stage.SubmitAsync(CanaryNames.OnSpot, "succeed", Name);
        var end = (await stage.EndOfAsync(run, RunState.Succeeded, cancellation)).Run;
        return NotTried(
            "AWS has no call that interrupts a task on Fargate Spot. Instead: run " +
            (end.UsesSpot ? $"{run} succeeded on Spot." : $"{run} succeeded on demand, as Spot had no capacity."));
    }

    private static string? TaskOf(RunReading reading) => reading.Run.TaskArn ?? reading.CurrentWorker?.TaskArn;
}
