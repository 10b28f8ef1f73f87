using Jobs.Cli.Output;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Cli.Reading;

/// <summary>Something that is known to have happened to a run.</summary>
internal sealed record Moment(DateTimeOffset At, string What)
{
    /// <summary>All that is known, in order.</summary>
    public static IReadOnlyList<Moment> Of(RunReading reading, IReadOnlyList<Attempt> attempts)
    {
        var (run, worker) = (reading.Run, reading.CurrentWorker);
        var moments = new List<(DateTimeOffset? At, string What)> { (run.CreatedAt, AskedFor(run)) };
        foreach (var attempt in attempts)
        {
            var launch = Words.Invariant($"launch {attempt.Launch.Number}");
            moments.Add((attempt.StartedAt, Words.Invariant($"{launch} started, try {attempt.Number}")));
            moments.Add((attempt.EndedAt, $"{launch} ended: {attempt.Verdict.Class}"));
        }

        if (attempts.All(attempt => attempt.Launch.Number != run.Launch))
        {
            var launch = Words.Invariant($"launch {run.Launch}");
            moments.Add((run.LaunchedAt, $"{launch} sent to ECS"));
            moments.Add((run.StartedAt ?? worker?.ClaimedAt, Words.Invariant($"{launch} started, try {run.Attempt}")));
        }

        if (run.Cancelled is { } cancelled) moments.Add((cancelled.At, $"cancelled by {cancelled.By}"));
        if (run.Paused is { } paused)
        {
            moments.Add((paused.From, $"waits: its job is paused{PauseWords.By(paused.By)}"));
            // While the pause lasts, it is counted ahead.
            var isResumed = run.LaunchedAt >= paused.To;
            moments.Add((isResumed ? paused.To : null, "waited until then for its job to be resumed"));
        }

        if (!run.IsOver) moments.Add((worker?.HeartbeatAt, "last sign of life"));
        if (run.State == RunState.Pending) moments.Add((run.NotBefore, "may be launched again"));
        moments.Add((run.EndedAt, $"ended: {run.State}"));
        return
        [
            .. moments.Where(one => one.At is not null).Select(one => new Moment(one.At!.Value, one.What))
                .OrderBy(one => one.At),
        ];
    }

    private static string AskedFor(Run run) =>
        $"asked for by {run.Trigger}{(run.By is { } by ? $", sent by {by}" : "")}" +
        (run.Labels.IsEmpty ? "" : $", called {string.Join(", ", run.Labels)}");
}
