using System.Runtime.CompilerServices;

namespace Lapstack.Schedules;

/// <summary>
/// The planned times of a schedule, each when it has come. A laptop sleeps: of several that it missed only the last
/// comes, once, so that it does not wake to a hundred firings.
/// </summary>
internal static class PlannedTimes
{
    /// <summary>Later than this, the machine must have slept.</summary>
    private static readonly TimeSpan Lateness = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(7);

    public static async IAsyncEnumerable<DateTimeOffset> OfAsync(
        Schedule schedule, DateTimeOffset from, TimeProvider clock,
        [
            EnumeratorCancellation,
        ] CancellationToken cancellation)
    {
        while (schedule.NextAfter(from) is { } next)
        {
            // Timers do not reach years ahead, so a long wait has stations.
            while (next - clock.GetUtcNow() is var wait && wait > TimeSpan.Zero)
                await Task.Delay(wait < LongestTimer ? wait : LongestTimer, clock, cancellation);
            from = clock.GetUtcNow() is var now && now - next > Lateness ? LastUntil(schedule, next, now) : next;
            yield return from;
        }
    }

    private static DateTimeOffset LastUntil(Schedule schedule, DateTimeOffset planned, DateTimeOffset now)
    {
        while (schedule.NextAfter(planned) is { } next && next <= now) planned = next;
        return planned;
    }
}
