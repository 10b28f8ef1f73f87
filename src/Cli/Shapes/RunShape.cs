using Jobs.Cli.Reading;
using Jobs.Core.Pauses;
using Jobs.Core.Runs;

namespace Jobs.Cli.Shapes;

/// <summary>A run in a listing. Times are UTC.</summary>
/// <param name="State">Pending, Starting, Running, Stopping, AwaitingChildren, Succeeded, Failed, TimedOut, Cancelled
/// or Skipped.</param>
/// <param name="About">Its upload's key, planned time or queue; null where only its sender knows what it is
/// about.</param>
/// <param name="By">Who asked for it by a command; null when that is not known, or none did.</param>
/// <param name="CancelledBy">Who or what cancelled it, as the guide says in "Who did it"; null when that is not known,
/// or it was not cancelled.</param>
/// <param name="Labels">Each as <c>name=value</c>.</param>
/// <param name="DurationSeconds">From the request to the end, or until now.</param>
/// <param name="Waiting">Why it is not running; null when it is, or is over.</param>
internal sealed record RunShape(
    string Id,
    string Job,
    string State,
    string Trigger,
    string? About,
    string? By,
    string? CancelledBy,
    int Priority,
    IReadOnlyList<string> Labels,
    int Attempt,
    int Attempts,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    double DurationSeconds,
    string? Waiting,
    ProgressShape? Progress,
    VerdictShape? Verdict)
{
    public static RunShape Of(RunReading reading, PauseList pauses, DateTimeOffset now)
    {
        var run = reading.Run;
        return new RunShape(
            run.Id.ToString(),
            run.Id.Job,
            reading.VisibleState.ToString(),
            run.Trigger,
            RunSubject.Of(run),
            run.By,
            run.Cancelled?.By,
            run.Priority,
            run.Labels,
            run.Attempt,
            run.Policy.Attempts,
            run.CreatedAt,
            run.StartedAt ?? reading.CurrentWorker?.ClaimedAt,
            run.EndedAt,
            Math.Round(((run.EndedAt ?? now) - run.CreatedAt).TotalSeconds, 3),
            WaitingReason.Of(reading, pauses, now),
            reading.CurrentWorker?.Progress is { } progress && !run.IsOver
                ? new ProgressShape(progress.Fraction, progress.Message)
                : null,
            run.Verdict is { } verdict ? VerdictShape.Of(verdict) : null);
    }
}

/// <param name="Fraction">0 to 1; null when the job cannot say.</param>
internal sealed record ProgressShape(double? Fraction, string? Message);
