using System.Collections.Immutable;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;
using Jobs.Core.Workers;
using static Jobs.Core.Runs.RunEndings;

namespace Jobs.Core.Runs;

/// <summary>
/// The one table of (state, fact) → (state, effects). A dot keeps the run as it is; every fact about a launch that is
/// not the run's current one keeps it too, except that a task accepted for it is stopped.
/// <code>
/// fact            Pending      Starting     Running     Stopping     AwaitingChildren  over
/// Dispatched      Starting+L   .            .           .            .                 .
/// WaitedForPause  noted        .            .           .            noted             .
/// SlotRefused     .            Pending      .           by cause     .                 .
/// LaunchAccepted  stop it      Starting     (1)         Stopping+S   stop it           (1)
/// LaunchRefused   .            Pending/F    .           by cause     .                 .
/// LaunchUnknown   .            Starting     .           Stopping     .                 .
/// TaskClaimed     .            Running      .           Stopping+S   .                 .
/// TaskStopped     .            verdict (5)  verdict (5) verdict (5)  .                 .
/// TimedOut        .            Stopping+S   Stopping+S  .            .                 .
/// RunTimedOut     TimedOut     Stopping+S   Stopping+S  .            TimedOut          .
/// NeverStarted    .            Stopping+S   .           .            .                 .
/// CancelRequested Cancelled    Stopping+S   Stopping+S  (2)          Cancelled         .
/// JobRemoved      Cancelled+A  .            .           .            Cancelled+A       .
/// TaskMissing     .            verdict      verdict     verdict      .                 .
/// HeartbeatLost   .            .            Stopping+S  .            .                 .
/// ChildrenEnded   .            .            .           .            Starting+L (3)    .
/// ChildrenMissing .            .            .           .            stuck (4)         .
/// ScheduleAwaits  +            +            +           +            +                 .
/// </code>
/// L launch, S stop (once the task is known), A alert; F is Failed+A. (1) Kept when it is the run's own task, else that
/// task is stopped. (2) A run that would be repeated when its task has stopped, as after its silence, is cancelled
/// instead. (3) Pending when the next phase has to wait for the dispatcher. (4) Or stuck no longer, when all have come.
/// + notes that the end owes the schedule its release. (5) A repetition that need not wait longer than a task's start,
/// and owes nothing, is Starting+L at once. A verdict, with the job's own retry rules applied, ends the run (Failed and
/// TimedOut with an alert), sends it back to Pending, if need be with more memory, or lets it await its children. A
/// repetition that could not begin before the run's own deadline ends it. Dispatched after that deadline ends the run
/// as RunTimedOut does. Leaving Starting, Running or Stopping releases the slot of a capped job; the end releases the
/// schedule that awaits it, submits what comes after the run, tells its parent and, unless it is a success, cancels its
/// children. A run that waits too long for AWS is a <see cref="Stall"/>.
/// </summary>
public static class RunLifecycle
{
    private delegate Run Rule(Run run, Fact fact, DateTimeOffset now);

    /// <summary>
    /// The run that a request makes: already Starting, so that one write records both the intent and the launch it
    /// owes.
    /// </summary>
    /// <param name="priority">0 to 9.</param>
    public static Run Submit(
        RunId id,
        string trigger,
        RunPolicy policy,
        string? input,
        LaunchPermit permit,
        DateTimeOffset now,
        int priority = 0) =>
        ScheduleLaunch(Launch(Ask(id, trigger, policy, input, now, priority), permit, now), now);

    /// <summary>The run that a request makes while launches are the dispatcher's alone: it waits.</summary>
    /// <param name="priority">0 to 9.</param>
    public static Run SubmitWaiting(
        RunId id, string trigger, RunPolicy policy, string? input, DateTimeOffset now, int priority = 0) =>
        Schedule(Ask(id, trigger, policy, input, now, priority), now);

    /// <summary>
    /// The run that is only recorded, because its schedule's overlap policy or a pause does not let it start.
    /// </summary>
    /// <param name="nextStep">What to do if the run matters by itself.</param>
    public static Run Skip(
        RunId id, string trigger, RunPolicy policy, string? input, string why, string nextStep, DateTimeOffset now) =>
        Ask(id, trigger, policy, input, now, priority: 0) with
        {
            State = RunState.Skipped,
            EndedAt = now,
            Verdict = new(
                VerdictClass.Skipped,
                VerdictAction.GiveUp,
                why,
                nextStep),
        };

    /// <summary>What the run is once the fact is known. The same instance when the fact changes nothing.</summary>
    public static Run Apply(Run run, Fact fact, DateTimeOffset now)
    {
        var next = RuleFor(run.State, RowFor(fact))(run, fact, now);
        if (ReferenceEquals(next, run)) return run;
        next = next with { Version = run.Version + 1, Cancelled = run.Cancelled ?? CancellationOf(fact, now) };
        return next.Launch > run.Launch ? ScheduleLaunch(next, now) : Schedule(next, now);
    }

    /// <summary>The run once effects are known to be done.</summary>
    public static Run Done(Run run, IReadOnlyCollection<Effect> effects, DateTimeOffset now)
    {
        var done = run with { Owed = run.Owed.RemoveRange(effects), Version = run.Version + 1 };
        return Schedule(effects.Contains(Effect.AlertRecovered) ? done with { Stall = null } : done, now);
    }

    /// <summary>The run whose launch is about to be sent again, by the process that stores this.</summary>
    public static Run Resend(Run run, DateTimeOffset now) =>
        Schedule(run with { ResentAt = now, Version = run.Version + 1 }, now);

    /// <summary>The run after the sweep looked at it and nothing had changed.</summary>
    /// <param name="missing">Whether ECS said that it does not know the task; null when it was not asked, or did not
    /// answer.</param>
    /// <param name="silent">Whether the worker's heartbeat is stale.</param>
    /// <param name="paused">Whether it waits for its job to be resumed.</param>
    public static Run Checked(Run run, bool? missing, bool silent, DateTimeOffset now, bool paused = false)
    {
        var since = missing switch { true => run.MissingSince ?? now, false => null, null => run.MissingSince };
        var silence = silent ? Silence.After(run.Silence, now) : null;
        var checkedRun = run with { MissingSince = since, Silence = silence, Version = run.Version + 1 };
        // Whatever was lost on the way from its children: they are counted again.
        if (run.State == RunState.AwaitingChildren) checkedRun = Owe(checkedRun, Effect.CountChildren);
        return Schedule(paused ? checkedRun : Stall.Note(checkedRun, now), now);
    }

    private static Run Ask(
        RunId id, string trigger, RunPolicy policy, string? input, DateTimeOffset now, int priority) =>
        new(id)
        {
            State = RunState.Pending,
            Trigger = trigger,
            Policy = policy,
            Input = input,
            CreatedAt = now,
            Priority = priority,
        };

    private static Cancellation? CancellationOf(Fact fact, DateTimeOffset now) =>
        fact is Fact.CancelRequested { By: { } by } ? new Cancellation(now, by) : null;

    private static Row RowFor(Fact fact) => fact switch
    {
        Fact.Dispatched => new(Dispatch, Keep, Keep, Keep, Keep, Keep),
        Fact.WaitedForPause => new(NotePause, Keep, Keep, Keep, NotePause, Keep),
        Fact.SlotRefused => new(Keep, RefuseSlot, Keep, RefuseSlot, Keep, Keep),
        Fact.LaunchAccepted => new(StopStray, Accept, Accept, Accept, StopStray, StopStray),
        Fact.LaunchRefused => new(Keep, Refuse, Keep, Refuse, Keep, Keep),
        Fact.LaunchUnknown => new(Keep, AwaitAnswer, Keep, AwaitAnswer, Keep, Keep),
        Fact.TaskClaimed => new(Keep, Claim, Keep, Claim, Keep, Keep),
        Fact.TaskStopped => new(Keep, Judge, Judge, Judge, Keep, Keep),
        Fact.TimedOut => new(Keep, StopTask, StopTask, Keep, Keep, Keep),
        Fact.RunTimedOut => new(EndUnstarted, StopTask, StopTask, Keep, EndUnstarted, Keep),
        Fact.NeverStarted => new(Keep, StopStarting, Keep, Keep, Keep, Keep),
        Fact.CancelRequested => new(EndUnstarted, StopTask, StopTask, CancelStopping, EndUnstarted, Keep),
        Fact.JobRemoved => new(EndUnstarted, Keep, Keep, Keep, EndUnstarted, Keep),
        Fact.TaskMissing => new(Keep, JudgeMissing, JudgeMissing, JudgeMissing, Keep, Keep),
        Fact.HeartbeatLost => new(Keep, Keep, StopTask, Keep, Keep, Keep),
        Fact.ChildrenEnded => new(Keep, Keep, Keep, Keep, Resume, Keep),
        Fact.ChildrenMissing => new(Keep, Keep, Keep, Keep, Stall.Miss, Keep),
        Fact.ScheduleAwaits => new(Await, Await, Await, Await, Await, Keep),
        _ => throw new ArgumentOutOfRangeException(nameof(fact), fact, "The lifecycle has no row for this fact."),
    };

    private static Rule RuleFor(RunState state, Row row) => state switch
    {
        RunState.Pending => row.Pending,
        RunState.Starting => row.Starting,
        RunState.Running => row.Running,
        RunState.Stopping => row.Stopping,
        RunState.AwaitingChildren => row.AwaitingChildren,
        RunState.Succeeded or RunState.Failed or RunState.TimedOut or RunState.Cancelled or RunState.Skipped =>
            row.Over,
        RunState.Unknown => Keep,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "The lifecycle has no column for this state."),
    };

    private static Run Keep(Run run, Fact fact, DateTimeOffset now) => run;

    private static Run Dispatch(Run run, Fact fact, DateTimeOffset now)
    {
        var dispatched = (Fact.Dispatched)fact;
        if (dispatched.Paused is not { } time) return Dispatch(run, dispatched.Permit, now);
        // What it waited for us is no wait for AWS.
        var since = time.To > run.WaitsSince ? null : run.WaitsSince;
        return Dispatch(run with { Paused = time, WaitsSince = since }, dispatched.Permit, now);
    }

    private static Run NotePause(Run run, Fact fact, DateTimeOffset now) =>
        ((Fact.WaitedForPause)fact).Time is var time && time == run.Paused ? run : run with { Paused = time };

    // A run that still owes something from its last launch is not launched again: the slot to be released is that
    // launch's.
    private static Run Dispatch(Run run, LaunchPermit permit, DateTimeOffset now)
    {
        if (!run.Owed.All(effect => effect.IsAlert)) return run;
        return RunTimes.RunDeadline(run) <= now
            ? EndUnstarted(run, new Fact.RunTimedOut(), now)
            : Launch(run, permit, now);
    }

    private static Run Await(Run run, Fact fact, DateTimeOffset now) =>
        run.Schedule is null ? run with { Schedule = ((Fact.ScheduleAwaits)fact).Schedule } : run;

    // The next phase. As for any launch, the slot of the one before must be free first; till then the count stays owed.
    private static Run Resume(Run run, Fact fact, DateTimeOffset now)
    {
        var counted = Stall.End(run with { Owed = run.Owed.Remove(Effect.CountChildren).Remove(Effect.StartChildren) });
        var ended = (Fact.ChildrenEnded)fact;
        if (run.Array is not null) return End(counted, ArrayRuns.VerdictOf(run, ended), now);
        if (ended.Permit is null) return counted with { State = RunState.Pending, NotBefore = now };
        var resumed = Dispatch(counted, ended.Permit.Value, now);
        return ReferenceEquals(resumed, counted) ? run : resumed;
    }

    private static Run Launch(Run run, LaunchPermit permit, DateTimeOffset now) => run with
    {
        State = RunState.Starting,
        Launch = run.Launch + 1,
        Slot = permit.Slot,
        Budgeted = permit.Budgeted,
        UsesSpot = TriesSpot(run),
        LaunchedAt = now,
        ResentAt = null,
        WaitsSince = (run.Refusals > 0 ? run.WaitsSince : null) ?? now,
        NotBefore = null,
        TaskArn = null,
        StartedAt = null,
        MissingSince = null,
        Silence = null,
        Owed = run.Owed.Add(Effect.Launch),
    };

    // Throttled on Spot is not without Spot: only a want of capacity makes the next launch one on demand.
    private static bool TriesSpot(Run run)
    {
        if (!run.Policy.Spot || run.Interruptions > 0) return false;
        return run.Refusals == 0
            || (run.UsesSpot && run.Verdict?.Class is not (VerdictClass.CapacityUnavailable or VerdictClass.VcpuLimit));
    }

    private static Run RefuseSlot(Run run, Fact fact, DateTimeOffset now)
    {
        if (((Fact.SlotRefused)fact).Launch != run.Launch || !run.Owes(EffectKind.Launch)) return run;
        var freed = run with { Owed = run.Owed.Remove(Effect.Launch), WaitsSince = null };
        return run.StopCause is { } cause
            ? End(freed, StoppedBy(cause), now)
            : freed with { State = RunState.Pending, NotBefore = null };
    }

    private static Run Accept(Run run, Fact fact, DateTimeOffset now)
    {
        var accepted = (Fact.LaunchAccepted)fact;
        if (accepted.Launch != run.Launch || (run.TaskArn ?? accepted.TaskArn) != accepted.TaskArn)
        {
            return StopStray(run, fact, now);
        }

        if (run.TaskArn is not null && !run.Owes(EffectKind.Launch)) return run;
        var known = KnowTask(
            run with { Refusals = 0, WaitsSince = run.State == RunState.Starting ? now : run.WaitsSince },
            accepted.TaskArn);
        // No worker claims it: that it has a task is all that will be known.
        return run.Policy.HasHost ? known : Stall.End(known);
    }

    // ECS started a task for a launch that has been given up, or a second one: it must not live on unseen.
    private static Run StopStray(Run run, Fact fact, DateTimeOffset now)
    {
        var task = ((Fact.LaunchAccepted)fact).TaskArn;
        return task == run.TaskArn || run.Owed.Contains(Effect.Stop(task)) ? run : Owe(run, Effect.Stop(task));
    }

    private static Run Refuse(Run run, Fact fact, DateTimeOffset now)
    {
        var refused = (Fact.LaunchRefused)fact;
        if (refused.Launch != run.Launch || run.TaskArn is not null) return run;
        var freed = Release(run with { Owed = run.Owed.Remove(Effect.Launch), Verdict = refused.Verdict });
        if (run.StopCause is { } cause) return End(freed, StoppedBy(cause), now);
        if (refused.Verdict.Action == VerdictAction.GiveUp || IsDeniedForGood(run, refused.Verdict, now))
        {
            return End(freed, refused.Verdict, now);
        }

        var pending = freed with
        {
            State = RunState.Pending,
            Refusals = run.Refusals + 1,
            DeniedSince = DeniedSince(run, refused.Verdict, now),
        };
        // Spot refused for lack of capacity; on demand is another pool, so retry at once.
        var wait = run.UsesSpot && !TriesSpot(pending)
            ? TimeSpan.Zero
            : Backoff.For(run.LaunchId, RunTimings.RefusalBackoff, RunTimings.MaxRefusalBackoff, run.Refusals);
        return Stall.Note(pending with { NotBefore = now + wait }, now);
    }

    // Still owed: the same launch, with the same token, is sent again when its grace is over.
    private static Run AwaitAnswer(Run run, Fact fact, DateTimeOffset now) =>
        ((Fact.LaunchUnknown)fact).Launch == run.Launch && run.Owes(EffectKind.Launch)
            ? Stall.Note(run with { }, now)
            : run;

    private static Run Claim(Run run, Fact fact, DateTimeOffset now)
    {
        var claimed = (Fact.TaskClaimed)fact;
        var task = claimed.TaskArn;
        if (claimed.Launch != run.Launch || (run.State == RunState.Stopping && run.TaskArn == task)) return run;
        // The claim decides which task does the work, even one that was to be stopped as a stray.
        var owed = run.Owed.Remove(Effect.Stop(task));
        var known = KnowTask(
            run with { Refusals = 0, DeniedSince = null, Unnamed = 0, StartedAt = claimed.At, Owed = owed }, task);
        return run.State == RunState.Starting
            ? Stall.End(known with { State = RunState.Running, WaitsSince = null })
            : known;
    }

    private static Run KnowTask(Run run, string taskArn)
    {
        var known = run with { TaskArn = taskArn, Owed = run.Owed.Remove(Effect.Launch) };
        return run.State == RunState.Stopping ? Owe(known, Effect.Stop(taskArn)) : known;
    }

    private static Run StopTask(Run run, Fact fact, DateTimeOffset now)
    {
        if (LaunchOf(fact) is { } launch && launch != run.Launch) return run;
        var stopping = run with { State = RunState.Stopping, StopCause = CauseOf(fact), WaitsSince = now };
        return run.TaskArn is { } task ? Owe(stopping, Effect.Stop(task)) : stopping;
    }

    // Only a task that ECS knows can be one that it does not get started.
    private static Run StopStarting(Run run, Fact fact, DateTimeOffset now) =>
        run.TaskArn is null ? run : StopTask(run, fact, now);

    private static Run CancelStopping(Run run, Fact fact, DateTimeOffset now) =>
        run.StopCause is { } cause && Decide(run, StoppedBy(cause), null, null).Action != VerdictAction.GiveUp
            ? run with { StopCause = StopCause.Cancelled }
            : run;

    private static Run EndUnstarted(Run run, Fact fact, DateTimeOffset now) => fact switch
    {
        Fact.JobRemoved => Owe(End(run, Removed(), now), Effect.Alert),
        Fact.RunTimedOut => End(run, WaitedTooLong(run), now),
        _ => End(run, StoppedBy(CauseOf(fact)), now),
    };

    private static Run Judge(Run run, Fact fact, DateTimeOffset now)
    {
        var stopped = (Fact.TaskStopped)fact;
        var worker = ForLaunch(stopped.Worker, stopped.Launch);
        // The claim says which task does the work; a duplicate that lost the claim ends without ending the run.
        var holder = worker?.TaskArn ?? run.TaskArn ?? stopped.Task.TaskArn;
        if (stopped.Launch != run.Launch || stopped.Task.TaskArn != holder) return run;
        var verdict = TaskVerdicts.Classify(new(stopped.Task, worker, run.StopCause, run.Policy.HasHost));
        var decided = Decide(run, verdict, stopped.Task.Worker?.ExitCode, worker?.Error);
        var known = WithTask(
            Heed(run with { TaskArn = holder, Refusals = 0 }, worker), fact, now);
        var concluded = Conclude(known, decided, now);
        return stopped.Permit is { } permit && MayStartAtOnce(concluded, now)
            ? Launch(concluded, permit, now)
            : concluded;
    }

    // A task needs that long to start: what is to wait no longer waits enough on its way.
    private static bool MayStartAtOnce(Run run, DateTimeOffset now) =>
        run.IsWaiting && run.Owed.IsEmpty && run.NotBefore <= now + RunTimings.TaskStart;

    private static Run JudgeMissing(Run run, Fact fact, DateTimeOffset now)
    {
        var missing = (Fact.TaskMissing)fact;
        if (missing.Launch != run.Launch) return run;
        var worker = ForLaunch(missing.Worker, run.Launch);
        var verdict = TaskVerdicts.Missing(worker, run.StopCause);
        // No task was ever known, to the run or by a claim: the launch was lost on the way, which is not the job's
        // fault, nor for its rules to decide.
        var blameless = (worker?.TaskArn ?? run.TaskArn) is null && verdict.Action == VerdictAction.Retry;
        var decided = blameless
            ? verdict with { Action = VerdictAction.RetryFree }
            : Decide(run, verdict, worker?.ExitCode, worker?.Error);
        return Conclude(WithTask(Heed(run, worker), fact, now), decided, now);
    }

    // What the worker noted for its run with its end, whatever that was.
    private static Run Heed(Run run, WorkerRecord? worker) => worker is null ? run : run with
    {
        Children = worker.Children ?? run.Children,
        Labels = worker.Labels.Count == 0 ? run.Labels : [.. Labels.Join(worker.Labels, run.Labels)],
    };

    /// <summary>
    /// The run with all that the end of its task says of that task's time. A repetition knows it no more.
    /// </summary>
    internal static Run WithTask(Run run, Fact fact, DateTimeOffset now) => fact switch
    {
        Fact.TaskStopped stopped => run with
        {
            TaskArn = run.TaskArn ?? stopped.Task.TaskArn,
            StartedAt = ForLaunch(stopped.Worker, run.Launch)?.ClaimedAt ?? stopped.Task.StartedAt ?? run.StartedAt,
            Billed = BilledTime.Of(stopped.Task, now),
        },
        Fact.TaskMissing => run with { Billed = BilledTime.OfMissing(run, now) },
        _ => run,
    };

    // How a task ends that we stopped says nothing about the job.
    private static Verdict Decide(Run run, Verdict verdict, int? exitCode, WorkerError? error) => run.StopCause is null
        ? RetryRules.Decide(verdict, exitCode, error, run.Policy.NonRetryable, run.Policy.Retryable)
        : RetryRules.Decide(verdict, null, null, run.Policy.NonRetryable, run.Policy.Retryable);

    private static Run Schedule(Run run, DateTimeOffset now) =>
        run with { NextCheckAt = RunTimes.NextCheck(run, now), TurnAt = RunTimes.Turn(run) };

    // The sender or the worker records the outcome, so no early check is needed.
    private static Run ScheduleLaunch(Run run, DateTimeOffset now) =>
        run with { NextCheckAt = RunTimes.NextCheck(run with { Owed = [] }, now), TurnAt = null };

    private static WorkerRecord? ForLaunch(WorkerRecord? worker, int launch) =>
        worker?.Launch == launch ? worker : null;

    private static int? LaunchOf(Fact fact) => fact switch
    {
        Fact.TimedOut timedOut => timedOut.Launch,
        Fact.NeverStarted never => never.Launch,
        Fact.HeartbeatLost lost => lost.Launch,
        _ => null,
    };

    private static StopCause CauseOf(Fact fact) => fact switch
    {
        Fact.TimedOut => StopCause.TimedOut,
        Fact.RunTimedOut => StopCause.RunTimedOut,
        Fact.NeverStarted => StopCause.NeverStarted,
        Fact.HeartbeatLost => StopCause.HeartbeatLost,
        Fact.CancelRequested => StopCause.Cancelled,
        _ => throw new ArgumentOutOfRangeException(nameof(fact), fact, "This fact is no reason to stop a task."),
    };

    // The verdict of a stop that met no task: nothing was observed, so the cause alone decides.
    private static Verdict StoppedBy(StopCause cause) =>
        TaskVerdicts.Classify(new(new TaskObservation(""), null, cause, HasHost: true));

    private static Verdict WaitedTooLong(Run run)
    {
        var verdict = StoppedBy(StopCause.RunTimedOut);
        return run.Verdict is null
            ? verdict
            : new(verdict.Class, verdict.Action, $"{verdict.Sentence} Last: {run.Verdict.Sentence}", verdict.NextStep);
    }

    private static Verdict Removed() => new(
        VerdictClass.JobRemoved, VerdictAction.GiveUp,
        "The job is no longer part of the stack, so the waiting run was cancelled.",
        "Deploy the job again and start the run again.");

    private sealed record Row(
        Rule Pending, Rule Starting, Rule Running, Rule Stopping, Rule AwaitingChildren, Rule Over);
}
