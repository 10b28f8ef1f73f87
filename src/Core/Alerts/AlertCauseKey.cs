using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Core.Alerts;

/// <summary>
/// What runs must have in common to be one alert: the job, whether they failed, are stuck, missing or succeeded, and
/// why.
/// </summary>
/// <param name="Reason">
/// The verdict's class, with the error's type and words or the exit code; or what a stuck run waits for.
/// </param>
public sealed record AlertCauseKey(string Job, bool IsStuck, string Reason)
{
    /// <summary>
    /// A sort key in DynamoDB has at most 1,024 bytes; no name of an exception is as long as this, in characters.
    /// </summary>
    private const int MaxReason = 200;

    private const string Failed = "failed";
    private const string Stuck = "stuck";
    private const string Missing = "missing";
    private const string Succeeded = "succeeded";

    public string Reason { get; } = Excerpt.Of(Reason, MaxReason);

    /// <summary>A run that was planned did not appear; the reason is the <see cref="MissingRun"/>.</summary>
    public bool IsMissing { get; init; }

    /// <summary>Runs that succeeded, which only the job's own recipients are told of.</summary>
    public bool IsSuccess { get; init; }

    public static AlertCauseKey OfSuccess(string job) =>
        new(job, IsStuck: false, nameof(VerdictClass.Succeeded)) { IsSuccess = true };

    public static AlertCauseKey Of(MissingRun run) =>
        new(run.Schedule.Job, IsStuck: false, run.ToString()) { IsMissing = true };

    /// <summary>The cause that a run's end belongs to.</summary>
    /// <param name="last">Its last attempt; null when there was none.</param>
    public static AlertCauseKey OfFailure(Run run, Attempt? last)
    {
        var verdict = run.Verdict?.Class.ToString() ?? run.State.ToString();
        return new(run.Id.Job, false, run.Verdict?.Class switch
        {
            VerdictClass.JobFailed when last?.Error is { } error =>
                $"{verdict} {error.Type}: {ErrorWords.Of(error.Message)}",
            VerdictClass.ExitedNonZero when last?.ExitCode is { } code => $"{verdict} {code}",
            _ => verdict,
        });
    }

    /// <exception cref="FormatException">The text is not a cause.</exception>
    public static AlertCauseKey Parse(string text) => text.Split('#', 3) switch
    {
        [Failed, var job, var reason] => new(job, false, reason),
        [Stuck, var job, var reason] => new(job, true, reason),
        [Missing, var job, var reason] => new(job, false, reason) { IsMissing = true },
        [Succeeded, var job, var reason] => new(job, false, reason) { IsSuccess = true },
        _ =>
            throw new FormatException(
                $"'{text}' is not the cause of an alert, which is failed#<job>#<reason>, stuck#…, missing#… or " +
                "succeeded#…."),
    };

    public override string ToString() => $"{Kind}#{Job}#{Reason}";

    private string Kind => this switch
    {
        { IsMissing: true } => Missing,
        { IsSuccess: true } => Succeeded,
        { IsStuck: true } => Stuck,
        _ => Failed,
    };
}
