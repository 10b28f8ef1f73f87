using System.Text.Json;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Cli.Verify;

/// <summary>A message in a job's queue.</summary>
internal sealed class QueueTrial(Stage stage)
    : Trial("queue", "A message in a job's queue starts a task, which takes it.")
{
    /// <summary>Runs of the canary that are looked at: there is one at a time.</summary>
    private const int Newest = 5;

    private bool _isTaken;

    protected override async Task<Finding> TryAsync(CancellationToken cancellation)
    {
        var sent = stage.Clock.GetUtcNow();
        var before = (await OverAsync(cancellation)).Select(reading => reading.Run.Id).ToHashSet();
        await stage.Probe.SendAsync(
            CanaryNames.OfQueue, $$"""{"token":"{{stage.TokenOf(Name)}}"}""", CancellationToken.None);
        stage.Traces.Add(
            $"a message in the queue of {CanaryNames.OfQueue}",
            removal => _isTaken ? Task.CompletedTask : stage.Probe.PurgeAsync(CanaryNames.OfQueue, removal));
        var end = await stage.WaitAsync(
            () => TakenAsync(before, cancellation),
            () => new MissedException(
                $"No run of {CanaryNames.OfQueue} has taken it.",
                "OnBacklog looks at the queue each minute, and its log says what it saw. " + stage.Lines.Doctor()),
            cancellation);
        _isTaken = true;
        return Kept($"Run {end.Run.Id} took it, and was over {stage.Since(sent)} after it was sent.");
    }

    /// <summary>A run that was not over before the message was sent, and has taken some.</summary>
    /// <exception cref="MissedException">Such a run failed.</exception>
    private async Task<RunReading?> TakenAsync(HashSet<RunId> before, CancellationToken cancellation)
    {
        var ended = (await OverAsync(cancellation)).Where(reading => !before.Contains(reading.Run.Id)).ToList();
        foreach (var reading in ended)
        {
            await stage.EndOfAsync(reading.Run.Id, RunState.Succeeded, cancellation);
        }

        return ended.Find(reading => Handled(reading) > 0);
    }

    /// <summary>The newest runs that are over.</summary>
    private async Task<IEnumerable<RunReading>> OverAsync(CancellationToken cancellation)
    {
        var history = stage.Stack.History;
        var page = await history.PageAsync([CanaryNames.OfQueue], null, null, null, Newest, cancellation);
        return (await history.ReadAsync(page.Runs, cancellation)).Where(reading => reading.Run.IsOver);
    }

    private static long Handled(RunReading reading)
    {
        if (reading.CurrentWorker?.ResultJson is not { } result) return 0;
        using var summary = JsonDocument.Parse(result);
        return summary.RootElement.GetProperty("handled").GetInt64();
    }
}
