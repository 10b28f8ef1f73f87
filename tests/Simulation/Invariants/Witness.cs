using System.Text.RegularExpressions;
using Jobs.Core;
using Jobs.Core.Alerts;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;
using Jobs.Tests.Simulation.Models;
using Jobs.Tests.Simulation.Schedules;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>Keeps the world's truth about every run and tells each invariant what happens.</summary>
internal sealed partial class Witness
{
    private readonly SimulatedWorld _world;
    private readonly Dictionary<RunId, RunHistory> _histories = [];
    private readonly Invariant[] _invariants;

    public Witness(SimulatedWorld world)
    {
        _world = world;
        _invariants =
        [
            new OneRunPerTrigger(
                world), new OneTaskPerLaunch(
                    world), new OneLiveAttempt(world), new CapsHold(world), new BudgetHolds(world),
            new TerminalIsFinal(world), new AttemptsWithinPolicy(world), new ResultIsKept(world), new EndIsTrue(world),
            new StopsReach(
                world), new StopsAreDue(
                    world), new WaitsAreObeyed(world), new AdminsHear(world), new NothingIsLeft(world),
            new DrainsHold(world), new BacklogIsDrained(world), new PartitionsHold(world),
            .. Wide(world),
        ];
    }

    public IReadOnlyCollection<RunHistory> Histories => _histories.Values;

    public RunHistory Of(RunId id)
    {
        if (!_histories.TryGetValue(id, out var history)) _histories[id] = history = new RunHistory(id);
        return history;
    }

    public void Stored(Run? before, Run after)
    {
        var history = Of(after.Id);
        history.MadeAt ??= _world.Loop.Now;
        if (after.IsOver && before?.IsOver != true) _world.Requests.Ended(after);
        foreach (var invariant in _invariants) invariant.Stored(history, before, after);
        history.Stored = after;
        if (after.TaskArn is { } task) Knows(after.Id, task);
        if (after.IsOver) history.OverAt ??= _world.Loop.Now;
        if (after.State != RunState.Stopping) history.StoppingAt = null;
        else history.StoppingAt ??= _world.Loop.Now;
        if (after.State == RunState.Stopping && before?.State != RunState.Stopping) Stopped(history, after);
        _world.Trace.Note(
            after.Id.ToString(),
            "is",
            $"{after.State} v{after.Version} launch {after.Launch} attempt {after.Attempt} owes " +
            $"[{string.Join(", ", after.Owed)}] next {after.NextCheckAt:HH:mm:ss} {after.Verdict?.Class}");
        if (after is { IsOver: true, NextCheckAt: null }) _world.Settled(history);
    }

    public void TaskStarted(EcsTask task)
    {
        var history = Of(task.Run);
        foreach (var invariant in _invariants) invariant.TaskStarted(history, task);
        history.Tasks.Add(task);
    }

    public void TaskEnded(EcsTask task)
    {
        var history = Of(task.Run);
        // Of an image, an end with 0 is success where it was not told to end.
        if (task is { HasHost: false, ExitCode: 0, StoppingAt: null }) history.HasResult = true;
        _world.Queue.Ended(task, history.HasResult);
        foreach (var invariant in _invariants) invariant.TaskEnded(history, task);
    }

    public void UserCodeStarted(EcsTask task)
    {
        var history = Of(task.Run);
        _world.Trace.Note(task.ToString(), "runs user code", $"of {task.Run}");
        history.Running.Add(task);
        if (task.Run.Job == SimulatedJobs.Drain.Name) _world.Queue.Taken(task);
        foreach (var invariant in _invariants) invariant.UserCodeStarted(history, task);
    }

    public void UserCodeEnded(EcsTask task)
    {
        var history = Of(task.Run);
        if (!history.Running.Remove(task)) return;
        foreach (var invariant in _invariants) invariant.UserCodeEnded(history, task);
    }

    /// <summary>
    /// The last write of a worker that was killed may be under way longer than the news of its end: when it arrives,
    /// the launch has been judged without it, and the work is done again. Every other result counts.
    /// </summary>
    public void ResultRecorded(LaunchId launch)
    {
        var history = Of(launch.Run);
        var isAwaited = history.Stored is { State: RunState.Starting or RunState.Running or RunState.Stopping } run
            && run.Launch == launch.Number;
        if (isAwaited || history.Tasks.Exists(task => task.Launch.Id == launch && task.IsAlive))
        {
            history.HasResult = true;
        }
    }

    /// <summary>A task is named where every part can read it.</summary>
    public void Knows(RunId run, string taskArn)
    {
        if (Of(run).Tasks.Find(task => task.Arn == taskArn) is { } known) known.IsKnown = true;
    }

    public void Misconfigured(RunId run) => Of(run).IsMisconfigured = true;

    public void Cancelled(RunId run) => Of(run).CancelledAt ??= _world.Loop.Now;

    public void Counted(RunId run, AlertCount counted)
    {
        if (!counted.Cause.Key.IsMissing) Of(run).Alerts.Add(counted.Cause);
        else if (counted.IsFirst) _world.Plans.Told(run);
    }

    /// <summary>The worker noted that its run awaits children.</summary>
    public void PhaseRecorded(LaunchId launch) => Of(launch.Run).Phases.TryAdd(launch.Number, _world.Loop.Now);

    public void Published(Alert alert)
    {
        _world.Trace.Note("admins", "read", $"{alert.Subject}");
        var about = RunIds().Matches(alert.Body).Select(match => match.Value).Distinct()
            .Select(
                text =>
                    RunId.TryParse(text, out var id) && _histories.TryGetValue(id, out var history) ? history : null)
            .OfType<RunHistory>().ToList();
        foreach (var invariant in _invariants) invariant.Published(alert, about);
    }

    /// <summary>A message was handled without complaint.</summary>
    public void Handled(string body)
    {
        if (!_world.Commands.Handled(body) && !_world.Plans.Handled(body)) _world.Uploads.Handled(body);
    }

    /// <summary>A message can never succeed.</summary>
    public void Rejected(string body, string reason)
    {
        _world.Trace.Note("dead letters", "get", $"{reason}");
        if (!_world.Commands.Rejected(body, reason) && !_world.Plans.Rejected(body)) _world.Uploads.Rejected(body);
    }

    /// <summary>An exception left a function: AWS's failures may, bugs may not.</summary>
    public void Threw(string function, Exception exception)
    {
        if (exception is AggregateException all)
        {
            foreach (var inner in all.InnerExceptions) Threw(function, inner);
        }
        else if (exception is not (SimulatedFailureException or OperationCanceledException)
            && exception.InnerException is not (SimulatedFailureException or AggregateException)
            // A replay of what a deployment took away is given up, and says so.
            && !(exception.InnerException is NotDeployedException && _world.Schedule.HasDeployments))
        {
            _world.Fail("NothingUnexpected", $"The function {function} threw {exception.GetType().Name}: {exception}");
        }
    }

    public void Logged(string function, string message)
    {
        if (message.Contains(nameof(SimulatedFailureException), StringComparison.Ordinal)
            || message.Contains("CanceledException", StringComparison.Ordinal))
        {
            return;
        }

        _world.Fail("NothingUnexpected", $"The function {function} logged: {message}");
    }

    public void AtTheEnd()
    {
        foreach (var invariant in _invariants)
        {
            foreach (var history in _histories.Values) invariant.AtTheEndOf(history);
            invariant.AtTheEnd();
        }
    }

    /// <summary>Judges a run that is long over, and forgets it.</summary>
    public void Forget(RunHistory history)
    {
        foreach (var invariant in _invariants) invariant.AtTheEndOf(history);
        _histories.Remove(history.Id);
    }

    // Where nothing of the kind is in the schedule, there is nothing to look at.
    private static IEnumerable<Invariant> Wide(SimulatedWorld world)
    {
        var work = world.Schedule.Work;
        yield return new CommandsAreCarriedOut(world);

        if (world.Schedule.HasPlans)
        {
            yield return new OneRunPerPlannedTime(world);
            yield return new OverlapHolds(world);
            yield return new MissingRunsAreTold(world);
        }

        if (work.Any(item => item is WorkItem.Submit or WorkItem.Array))
        {
            yield return new ParentsResumeWhenAllHaveEnded(world);
            yield return new NoChildOutlivesItsParent(world);
            yield return new ArraysKeepToTheirLimit(world);
            yield return new PhaseIsKept(world);
        }

        if (work.Any(item => item is WorkItem.Declared)) yield return new EachEndIsFollowed(world);
        if (world.Schedule.HasPauses) yield return new PausesHold(world);
        if (world.Schedule.HasReplays) yield return new ReplaysRunWhatHasNotRun(world);
    }

    private static void Stopped(RunHistory history, Run run)
    {
        if (run.StopCause is not (StopCause.Cancelled or StopCause.RunTimedOut)) history.SpentByStop.Add(run.Launch);
        if (run.StopCause is StopCause.TimedOut or StopCause.RunTimedOut) history.HadItsTime = true;
    }

    [GeneratedRegex("[a-z][a-z0-9-]*/[0-9a-z]{26}")]
    private static partial Regex RunIds();
}
