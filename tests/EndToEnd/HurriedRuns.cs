using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Tests.EndToEnd;

/// <summary>Lets time pass for a run.</summary>
internal static class HurriedRuns
{
    /// <summary>Longer than a function waits for RunTask's answer.</summary>
    private static readonly TimeSpan LaunchCallTime = TimeSpan.FromSeconds(10);

    /// <summary>
    /// What the run is waiting for is over: the next tick looks at it. Except for a launch whose sender may still be at
    /// work: no tick comes so soon after it.
    /// </summary>
    public static Task DueNowAsync(this IRunStore runs, RunId id) => runs.ChangeAsync(id, reading =>
    {
        var run = reading.Run;
        var now = TimeProvider.System.GetUtcNow();
        var mayBeSending = run.Owes(EffectKind.Launch)
            && reading.CurrentWorker is null
            && run.LaunchedAt + LaunchCallTime > now;
        return (run.NextCheckAt > now || run.NotBefore > now) && !mayBeSending
            ? run with
            {
                NextCheckAt = Earlier(run.NextCheckAt, now),
                NotBefore = Earlier(run.NotBefore, now),
                TurnAt = Earlier(run.TurnAt, now),
            }
            : run;
    });

    /// <summary>Writes a run as its owner, unless nothing is to change; again when a function was faster.</summary>
    public static async Task ChangeAsync(this IRunStore runs, RunId id, Func<RunReading, Run> change)
    {
        while (await runs.ReadAsync(id, CancellationToken.None) is { Run: { IsOver: false } run } reading)
        {
            var changed = change(reading);
            if (ReferenceEquals(changed, run)
                || await runs.SaveAsync(changed with { Version = run.Version + 1 }, CancellationToken.None))
            {
                return;
            }
        }
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? planned, DateTimeOffset now) =>
        planned > now ? now : planned;
}
