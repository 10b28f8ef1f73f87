using System.Collections.Immutable;
using Jobs.Core.Sizes;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;

namespace Jobs.Core.Runs;

/// <summary>
/// What a verdict makes of a run: its end with all that it owes, another attempt, or a wait for its children.
/// </summary>
internal static class RunEndings
{
    /// <summary>The run once an attempt of it was judged by its verdict.</summary>
    public static Run Conclude(Run run, Verdict verdict, DateTimeOffset now)
    {
        // Whatever the attempt still owed, a launch or a stop of its task, its end has settled.
        var ended = Release(run with
        {
            Verdict = verdict,
            // That ECS took the launch is no proof: it may deny the task its start.
            DeniedSince = DeniedSince(run, verdict, now),
            Owed = [.. run.Owed.Where(effect =>
                effect.Kind != EffectKind.Launch && effect != Effect.Stop(run.TaskArn ?? ""))],
        });
        return verdict.Action switch
        {
            VerdictAction.Await when run.Children > 0 => Await(ended, now),
            VerdictAction.Await => End(ended, NoChildren, now),
            VerdictAction.Retry or VerdictAction.RetryBigger when BiggerSize(run, verdict) is { } bigger =>
                Repeat(ended, again => again with { Grown = bigger }, RunTimings.FreeBackoff, now),
            VerdictAction.Retry when run.Attempt < run.Policy.Attempts =>
                Repeat(ended, again => again with { Attempt = again.Attempt + 1 }, RetryWait(run), now),
            VerdictAction.RetryFree when verdict.Class == VerdictClass.WorkerUnnamed =>
                run.Unnamed < RunTimings.MaxUnnamed
                ? Repeat(ended, again => again with { Unnamed = again.Unnamed + 1 }, FreeWait(run, run.Unnamed), now)
                : End(ended, verdict, now),
            VerdictAction.RetryAWhile when !IsDeniedForGood(run, verdict, now) =>
                Repeat(ended, again => again, FreeWait(run, 1), now),
            VerdictAction.RetryFree or VerdictAction.RetryOnDemand
                when run.Interruptions < RunTimings.MaxInterruptions =>
                Repeat(
                    ended,
                    again => again with { Interruptions = again.Interruptions + 1 },
                    WaitAfter(run, verdict),
                    now),
            VerdictAction.RetryBigger => End(ended, TaskVerdicts.OutOfMemory(run.Size, run.Policy.MaxMemoryMiB), now),
            _ => End(ended, verdict, now),
        };
    }

    // What its task was told to stop for is settled. Counted once it is stored that the run waits: a child that ended
    // before could not wake it.
    private static Run Await(Run run, DateTimeOffset now) =>
        Owe(
            Stall.End(run with { State = RunState.AwaitingChildren, WaitsSince = now, StopCause = null }),
            Effect.CountChildren);

    private static TaskSize? BiggerSize(Run run, Verdict verdict) =>
        verdict.Class == VerdictClass.OutOfMemory && run.Policy.MaxMemoryMiB is { } limit
            ? FargateSizes.Bigger(run.Size, limit)
            : null;

    // The last attempt's end is the run's when there is no time left for another.
    private static Run Repeat(Run run, Func<Run, Run> next, TimeSpan wait, DateTimeOffset now)
    {
        if (RunTimes.RunDeadline(run) <= now + wait)
        {
            return End(
                run,
                run.Verdict! with
                {
                    NextStep = $"{run.Verdict.NextStep} RunTimeoutMinutes ({run.Policy.RunTimeoutMinutes}) left no " +
                    "time to repeat it.",
                },
                now);
        }

        return next(run) with
        {
            State = RunState.Pending,
            NotBefore = now + wait,
            // What was of the task is its attempt's.
            TaskArn = null,
            StartedAt = null,
            Billed = null,
            StopCause = null,
            MissingSince = null,
            WaitsSince = null,
        };
    }

    // What AWS took away is there again soon; AWS that does not answer may take longer.
    private static TimeSpan WaitAfter(Run run, Verdict verdict) =>
        verdict.Class == VerdictClass.AwsUnavailable ? FreeWait(run, run.Interruptions) : RunTimings.FreeBackoff;

    private static TimeSpan FreeWait(Run run, int repetitions) =>
        Backoff.For(run.LaunchId, RunTimings.FreeBackoff, RunTimings.MaxFreeBackoff, repetitions);

    private static TimeSpan RetryWait(Run run) => Backoff.For(
        run.LaunchId,
        TimeSpan.FromSeconds(run.Policy.BackoffSeconds),
        TimeSpan.FromSeconds(run.Policy.MaxBackoffSeconds),
        run.Attempt - 1);

    /// <summary>The run once it is over.</summary>
    public static Run End(Run run, Verdict verdict, DateTimeOffset now)
    {
        var state = verdict.Class switch
        {
            VerdictClass.Succeeded => RunState.Succeeded,
            VerdictClass.Cancelled or VerdictClass.StoppedByHand or VerdictClass.JobRemoved => RunState.Cancelled,
            VerdictClass.TimedOut or VerdictClass.RunTimedOut => RunState.TimedOut,
            _ => RunState.Failed,
        };
        var ended = Stall.End(
            run with { State = state, Verdict = verdict, EndedAt = now, NotBefore = null, WaitsSince = null });
        if (run.Schedule is not null) ended = Owe(ended, Effect.ReleaseSchedule);
        if (run.Followed) ended = Owe(ended, Effect.Follow);
        if (run.Parent is not null) ended = Owe(ended, Effect.TellParent);
        if ((run.MaySubmit || run.Array is not null) && state != RunState.Succeeded)
        {
            ended = Owe(ended, Effect.CancelChildren);
        }

        return state switch
        {
            RunState.Failed or RunState.TimedOut => Owe(ended, Effect.Alert),
            RunState.Succeeded when run.TellsSuccess => Owe(ended, Effect.AlertSuccess),
            _ => ended,
        };
    }

    /// <summary>The run, which owes its slot.</summary>
    public static Run Release(Run run) => run.Slot is null ? run : Owe(run, Effect.Release);

    // Once each: what is owed is a set, and is stored as one.
    public static Run Owe(Run run, Effect effect) =>
        run.Owed.Contains(effect) ? run : run with { Owed = run.Owed.Add(effect) };

    private static Verdict NoChildren { get; } = new(
        VerdictClass.NoResult, VerdictAction.GiveUp, "The job ended to await its children, but its record has none.",
        "Submit children with JobContext.SubmitAsync, then throw job.AwaitChildren().");

    /// <summary>Since when ECS denies what a deployment may just have allowed; null when it does not.</summary>
    public static DateTimeOffset? DeniedSince(Run run, Verdict verdict, DateTimeOffset now) =>
        verdict.Action == VerdictAction.RetryAWhile ? run.DeniedSince ?? now : null;

    /// <summary>Whether a deployment would have shown by now.</summary>
    public static bool IsDeniedForGood(Run run, Verdict verdict, DateTimeOffset now) =>
        verdict.Action == VerdictAction.RetryAWhile && run.DeniedSince + RunTimings.Deploying <= now;
}
