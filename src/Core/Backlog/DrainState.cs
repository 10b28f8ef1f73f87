using System.Collections.Immutable;
using Jobs.Core.Definitions;
using Jobs.Core.Verdicts;

namespace Jobs.Core.Backlog;

/// <summary>
/// What is known of the runs that drain a job's queue, one item: which were asked for and are not known to be over, and
/// how those ended that are over. Pure: what is decided here counts once it is stored, on the condition that the item
/// is still the one that was read.
/// </summary>
public sealed record DrainState(string Job)
{
    /// <summary>Doubles with each decision that found only failures, up to <see cref="LongestBackoff"/>.</summary>
    public static readonly TimeSpan FirstBackoff = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Grows by one with every write, each of which is conditioned on the one before; 0 of what is not stored yet.
    /// </summary>
    public int Version { get; init; }

    /// <summary>
    /// The last decision that asked for runs. At least the time of the decision in epoch seconds, so that none is ever
    /// used again, even if the item was lost.
    /// </summary>
    public long Generation { get; init; }

    /// <summary>Asked for and not known to be over. One without a run is submitted by the next look.</summary>
    public ImmutableArray<Drain> Alive { get; init; } = [];

    /// <summary>Decisions in a row that found runs failed and none successful.</summary>
    public int Failures { get; init; }

    /// <summary>No run is asked for before; null for no such time.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>What the stored item has that this version does not know: it is written back as it was.</summary>
    public CarriedAttributes? Carried { get; init; }

    /// <summary>
    /// How many tasks the messages are worth: those that are being worked on count, or their tasks would seem
    /// superfluous.
    /// </summary>
    public static int Desired(QueueTrigger queue, QueueReading reading) =>
        (int)Math.Min(queue.MaxTasks, (reading.Total + (long)queue.MessagesPerTask - 1) / queue.MessagesPerTask);

    /// <summary>
    /// The state without the runs that are over, which also say whether the image is worth another try soon.
    /// </summary>
    /// <param name="stateOf">The state of a run's drain; null when there is no run yet, which is alive: it may be
    /// submitted at any moment.</param>
    public DrainState Settle(Func<Drain, RunState?> stateOf, DateTimeOffset now)
    {
        var over = Alive.Where(drain => IsOver(stateOf(drain))).ToList();
        if (over.Count == 0) return this;
        var settled = this with { Alive = Alive.RemoveRange(over) };
        if (over.Any(drain => stateOf(drain) == RunState.Succeeded))
        {
            return settled with { Failures = 0, NotBefore = null };
        }

        return over.Any(drain => stateOf(drain) is RunState.Failed or RunState.TimedOut)
            ? settled with { Failures = Failures + 1, NotBefore = now + BackoffAfter(Failures + 1) }
            : settled;
    }

    /// <summary>
    /// The state with a run for each task that is missing. Only messages that wait start one: a message in flight is
    /// being handled, or becomes visible again.
    /// </summary>
    public DrainState Reserve(QueueTrigger queue, QueueReading reading, DateTimeOffset now)
    {
        var missing = Desired(queue, reading) - Alive.Length;
        if (missing <= 0 || reading.Visible == 0 || now < NotBefore) return this;
        var generation = Math.Max(Generation + 1, now.ToUnixTimeSeconds());
        return this with
        {
            Generation = generation,
            Alive = [.. Alive, .. Enumerable.Range(0, missing).Select(ordinal => new Drain(generation, ordinal))],
        };
    }

    private static TimeSpan BackoffAfter(int failures) =>
        TimeSpan.FromTicks(Math.Min(LongestBackoff.Ticks, FirstBackoff.Ticks << Math.Min(failures - 1, 5)));

    private static bool IsOver(RunState? state) =>
        state is RunState.Succeeded or RunState.Failed or RunState.TimedOut or RunState.Cancelled or RunState.Skipped;
}
