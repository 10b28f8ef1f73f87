using Jobs.Cli.Output;
using Jobs.Core.Pauses;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Cli.Reading;

/// <summary>Why a run is not running, in a few words.</summary>
internal static class WaitingReason
{
    /// <returns>Null for a run that runs or is over.</returns>
    public static string? Of(RunReading reading, PauseList pauses, DateTimeOffset now)
    {
        var (run, state) = (reading.Run, reading.VisibleState);
        return state switch
        {
            RunState.AwaitingChildren => "for its children",
            RunState.Stopping => "for ECS to stop its task",
            RunState.Starting => run.TaskArn is null ? "for a task to start" : "for its task to begin",
            RunState.Pending when pauses.Of(run.Id.Job, now) is { } pause => $"for its job, {PauseWords.Of(pause)}",
            RunState.Pending => OfPending(run, now),
            _ => null,
        };
    }

    private static string OfPending(Run run, DateTimeOffset now) => run switch
    {
        { Verdict: { } verdict, Refusals: > 0 } => $"{verdict.Class}: {verdict.Sentence}",
        _ when run.NotBefore > now => $"for its time, in {Words.Span(run.NotBefore.Value - now)}",
        { Slot: not null } => "for one of its job's slots",
        { Budgeted: true } => "for vCPUs of the stack's budget",
        _ => "for the dispatcher",
    };
}
