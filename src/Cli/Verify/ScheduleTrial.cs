using Jobs.Cli.Output;
using Jobs.Core;
using Jobs.Core.Alerts;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Schedules;
using Jobs.Core.Scheduling;

namespace Jobs.Cli.Verify;

/// <summary>The canary's rule, enabled until it has come once.</summary>
internal sealed class ScheduleTrial(Stage stage)
    : Trial("schedule", "A planned time starts a run.")
{
    private static readonly ScheduleKey Key = new(CanaryNames.Canary, CanaryNames.Schedule);

    /// <summary>By how much AWS's clock may differ from this machine's.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    protected override async Task<Finding> TryAsync(CancellationToken cancellation)
    {
        var rule = stage.Stack.Place.Output(OutputNames.CanaryRule);
        var since = stage.Clock.GetUtcNow() - Skew;
        var before = (await ReadAsync(since, cancellation)).Select(reading => reading.Run.Id).ToHashSet();
        // A rule that stays enabled starts a task each minute: so it is disabled whatever becomes of the call.
        stage.Traces.Add(
            $"rule {rule}, which starts a task each minute: aws events disable-rule --name {rule}",
            removal => EndAsync(rule, since, removal));
        await stage.Probe.SwitchAsync(rule, isOn: true, CancellationToken.None);
        var found = await stage.WaitAsync(
            async () => (await ReadAsync(since, cancellation)).FirstOrDefault(reading => IsNew(reading.Run, before)),
            () => new MissedException(
                $"Rule {rule} was enabled, and no run has come.",
                "See whether it is enabled in EventBridge, and whether messages lie in Undelivered or Schedules: " +
                stage.Lines.DeadLetters()),
            cancellation);
        await stage.Probe.SwitchAsync(rule, isOn: false, CancellationToken.None);
        var end = (await stage.EndOfAsync(found.Run.Id, RunState.Succeeded, cancellation)).Run;
        var planned = Minutes(since).Single(minute => Scheduler.IdOf(Key, minute) == end.Id);
        return Kept(
            $"Run {end.Id}, planned for {MissingRun.Text(planned)}, was there {Words.Span(end.CreatedAt - planned)} " +
            "later.");
    }

    private static bool IsNew(Run run, HashSet<RunId> before) =>
        run.State != RunState.Skipped && !before.Contains(run.Id);

    /// <summary>Disables the rule, and waits for the runs that it has started: each ends by itself.</summary>
    private async Task EndAsync(string rule, DateTimeOffset since, CancellationToken cancellation)
    {
        await stage.Probe.SwitchAsync(rule, isOn: false, cancellation);
        await stage.WaitAsync(
            async () => (await ReadAsync(since, cancellation)).All(reading => reading.Run.IsOver), cancellation);
    }

    /// <summary>The runs of the minutes that have begun since then: their ids follow from the time.</summary>
    private async Task<IReadOnlyList<RunReading>> ReadAsync(DateTimeOffset since, CancellationToken cancellation) =>
        (await stage.Stack.Runs.ReadAsync(
            [.. Minutes(since).Select(minute => Scheduler.IdOf(Key, minute))], cancellation)).Found;

    private IEnumerable<DateTimeOffset> Minutes(DateTimeOffset since)
    {
        var last = stage.Clock.GetUtcNow() + Skew;
        var first = new DateTimeOffset(since.Ticks - (since.Ticks % Schedule.Resolution.Ticks), since.Offset);
        for (var minute = first; minute <= last; minute += Schedule.Resolution) yield return minute;
    }
}
