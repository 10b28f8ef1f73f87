using System.Globalization;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Cli.Shapes;

/// <summary>Why a run is not running, in a few words.</summary>
internal static class WaitingReason
{
    /// <returns>Null for a run that runs or is over.</returns>
    public static string? Of(Run run, DateTimeOffset now) => run switch
    {
        { IsOver: true } or { State: RunState.Running } => null,
        { State: RunState.AwaitingChildren } => "for its children",
        { State: RunState.Stopping } => "for ECS to stop its task",
        { State: RunState.Starting, TaskArn: null } => "for a task to start",
        { State: RunState.Starting } => "for its task to begin",
        { Verdict: { } verdict, Refusals: > 0 } => $"{verdict.Class}: {verdict.Sentence}",
        _ when run.NotBefore > now => string.Create(CultureInfo.InvariantCulture, $"for its time, in {Output.Words.Span(run.NotBefore.Value - now)}"),
        { Slot: not null } => "for one of its job's slots",
        { Budgeted: true } => "for vCPUs of the stack's budget",
        _ => "for the dispatcher",
    };
}
