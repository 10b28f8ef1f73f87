using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Cli.Shapes;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Pauses;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Cli.Views;

/// <summary>Shows runs as they change, a line a change, until it is stopped.</summary>
internal sealed class RunWatch(CliContext cli, IStack stack, RunFilter filter, bool json)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Dictionary<RunId, RunState> _seen = [];
    private readonly HashSet<RunId> _unreadable = [];

    public async Task<int> FollowAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var changed = Changed(await ReadAsync(cancellation)).ToList();
            var pauses = changed.Count == 0 ? PauseList.None : await stack.Pauses.ReadAsync(cancellation);
            foreach (var reading in changed) Print(reading, pauses);
            await Task.Delay(Interval, cli.Clock, cancellation);
        }
    }

    /// <summary>
    /// The newest of all states, so that a run is seen to leave the state that was asked for; and those under way,
    /// however old.
    /// </summary>
    private async Task<IReadOnlyList<RunReading>> ReadAsync(CancellationToken cancellation)
    {
        var page = await stack.History.PageAsync(
            filter.Jobs, filter.Label, null, filter.Since, filter.Limit, cancellation);
        var underWay = _seen.Where(seen => !StateNames.IsOver(seen.Value)).Select(seen => seen.Key);
        var readings = await RunBatch.ReadAsync(stack.History, [.. page.Runs, .. underWay], cancellation);
        foreach (var run in readings.Unreadable.Where(run => _unreadable.Add(run.Id)))
        {
            cli.Note($"Run {run.Id} cannot be read: {run.Why} {UnreadableRun.Remedy}");
        }

        return [.. readings.Runs.OrderBy(reading => reading.Run.CreatedAt)];
    }

    private IEnumerable<RunReading> Changed(IReadOnlyList<RunReading> readings)
    {
        foreach (var reading in readings)
        {
            var isKnown = _seen.TryGetValue(reading.Run.Id, out var before);
            if (isKnown ? before == reading.VisibleState : !filter.Takes(reading)) continue;
            _seen[reading.Run.Id] = reading.VisibleState;
            yield return reading;
        }
    }

    private void Print(RunReading reading, PauseList pauses)
    {
        var now = cli.Clock.GetUtcNow();
        if (json)
        {
            cli.WriteLine(
                System.Text.Json.JsonSerializer.Serialize(
                    RunShape.Of(reading, pauses, now), LineJson.Default.RunShape));
            return;
        }

        var (run, state) = (reading.Run, reading.VisibleState);
        var (clock, name, id) = (
            Words.Clock(run.EndedAt ?? now, cli.Zone), $"  {state,-10}", $"  {RunStyles.Id(run.Id, cli.IsScreen)}  ");
        var width = Math.Max(1, cli.Data.Width - clock.Length - name.Length - id.Length);
        var what = RunRows.What(reading, pauses, now, cli.IsScreen);
        what = TextTable.Cut(Legible.Of(what).ReplaceLineEndings(" "), width);
        cli.WriteLine(new Cell(clock, "grey"), new Cell(name, RunStyles.Of(state)), id, what);
    }
}
