using Jobs.Core;
using Jobs.Core.Dispatch;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Core.Runs;

/// <summary>How long an end keeps a run waiting, how often it is repeated at no cost, and what it still owes.</summary>
public sealed class RunEndingTests
{
    private const string Denied = "CannotPullContainerError: User is not authorized to perform: ecr:BatchGetImage";

    private static readonly DateTimeOffset Now = Sample.Now;

    [Fact]
    public void Worker_that_cannot_learn_its_task_is_repeated_at_no_cost_three_times_in_a_row()
    {
        var first = Exit(Starting, WorkerExitCodes.Unnamed);
        var third = Exit(Starting with { Unnamed = 2 }, WorkerExitCodes.Unnamed);
        var fourth = Exit(Starting with { Unnamed = 3 }, WorkerExitCodes.Unnamed);

        Assert.Equal((RunState.Pending, 1, 1), (first.State, first.Attempt, first.Unnamed));
        AssertWaits(first, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));
        Assert.Equal((RunState.Pending, 1, 3), (third.State, third.Attempt, third.Unnamed));
        AssertWaits(third, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(40));
        Assert.Equal((RunState.Failed, VerdictClass.WorkerUnnamed), (fourth.State, fourth.Verdict!.Class));
    }

    [Fact]
    public void Aws_that_does_not_answer_is_waited_for_longer_each_time_and_a_new_host_is_not()
    {
        AssertWaits(Exit(Starting, WorkerExitCodes.AwsUnavailable), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));
        var often = Starting with { Interruptions = 4 };
        AssertWaits(Exit(often, WorkerExitCodes.AwsUnavailable), TimeSpan.FromSeconds(80), TimeSpan.FromSeconds(160));
        AssertWaits(Exit(often, WorkerExitCodes.Interrupted), RunTimings.FreeBackoff, RunTimings.FreeBackoff);
    }

    [Fact]
    public void Launch_that_is_denied_is_repeated_until_a_deployment_would_have_shown()
    {
        var run = Sample.Asking(RunState.Starting);
        var longAgo = Now - RunTimings.Deploying;

        var first = Refused(run, VerdictAction.RetryAWhile);
        var last = Refused(run with { DeniedSince = longAgo.AddTicks(1) }, VerdictAction.RetryAWhile);
        var tooLate = Refused(run with { DeniedSince = longAgo }, VerdictAction.RetryAWhile);
        var another = Refused(run with { DeniedSince = longAgo }, VerdictAction.RetryFree);

        Assert.Equal((RunState.Pending, Now), (first.State, first.DeniedSince));
        Assert.Equal((RunState.Pending, longAgo.AddTicks(1)), (last.State, last.DeniedSince));
        Assert.Equal(RunState.Failed, tooLate.State);
        Assert.Equal((RunState.Pending, null), (another.State, another.DeniedSince));
    }

    [Fact]
    public void Task_that_is_denied_its_start_is_repeated_at_no_cost_until_a_deployment_would_have_shown()
    {
        var first = DeniedAtStart(Starting);
        var last = DeniedAtStart(Starting with { DeniedSince = Now - RunTimings.Deploying + TimeSpan.FromTicks(1) });
        var tooLate = DeniedAtStart(Starting with { DeniedSince = Now - RunTimings.Deploying });

        Assert.Equal((RunState.Pending, 1, Now), (first.State, first.Attempt, first.DeniedSince));
        AssertWaits(first, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20));
        Assert.Equal((RunState.Pending, 1), (last.State, last.Attempt));
        Assert.Equal((RunState.Failed, VerdictClass.ImagePullFailed), (tooLate.State, tooLate.Verdict!.Class));
    }

    [Fact]
    public void End_of_its_task_settles_the_stop_of_that_task_and_of_no_other()
    {
        var run = Sample.In(RunState.Stopping) with
        {
            Owed = [Effect.Stop(Sample.Task1), Effect.Stop(Sample.Task2)],
            Slot = null,
        };

        Assert.Equal([Effect.Stop(Sample.Task2)], Exit(run, 137).Owed.AsEnumerable());
    }

    [Fact]
    public void Repetition_that_would_begin_at_the_very_end_of_the_runs_time_is_none()
    {
        var run = Starting with { Policy = Sample.Policy with { RunTimeoutMinutes = 60 } };
        var begun = Now - TimeSpan.FromMinutes(60) + RunTimings.FreeBackoff;

        Assert.Equal(RunState.Failed, Exit(run with { CreatedAt = begun }, WorkerExitCodes.Interrupted).State);
        Assert.Equal(
            RunState.Pending, Exit(run with { CreatedAt = begun.AddTicks(1) }, WorkerExitCodes.Interrupted).State);
    }

    [Fact]
    public void Attempt_began_with_its_claim_or_else_when_ecs_says_or_else_when_the_run_says()
    {
        var run = Sample.In(RunState.Running) with { StartedAt = Now.AddMinutes(-1), Attempt = 3 };
        var stopped = new Fact.TaskStopped(3, Sample.Stopped(Sample.Task1, 1), Sample.Record(3, Sample.Task1));
        var silent = stopped with { Task = stopped.Task with { StartedAt = null }, Worker = null };

        Assert.Equal(stopped.Worker!.ClaimedAt, Apply(run, stopped).StartedAt);
        Assert.Equal(stopped.Task.StartedAt, Apply(run, stopped with { Worker = null }).StartedAt);
        Assert.Equal(run.StartedAt, Apply(run, silent).StartedAt);
    }

    [Fact]
    public void What_the_worker_of_an_earlier_launch_recorded_is_no_evidence()
    {
        var run = Sample.In(RunState.Running) with { Attempt = 3 };
        var earlier = Sample.Record(2, Sample.Task1, "{}");

        Assert.Equal(
            RunState.Failed, Apply(run, new Fact.TaskStopped(3, Sample.Stopped(Sample.Task1, 1), earlier)).State);
        Assert.Equal(RunState.Failed, Apply(run, new Fact.TaskMissing(3, earlier)).State);
    }

    [Fact]
    public void Phase_after_the_children_waits_for_what_the_one_before_still_owes()
    {
        var waits = Sample.In(RunState.AwaitingChildren) with { Owed = [Effect.Release, Effect.CountChildren] };

        Assert.Same(waits, Apply(waits, new Fact.ChildrenEnded { Permit = new LaunchPermit(0) }));
    }

    [Fact]
    public void Look_keeps_when_ecs_first_missed_the_task_and_forgets_it_only_when_ecs_knows_it()
    {
        var run = Sample.In(RunState.Running) with { MissingSince = Now.AddMinutes(-2) };

        Assert.Equal(run.MissingSince, Looked(run, missing: true).MissingSince);
        Assert.Equal(run.MissingSince, Looked(run, missing: null).MissingSince);
        Assert.Null(Looked(run, missing: false).MissingSince);
        Assert.Equal(Now, Looked(run with { MissingSince = null }, missing: true).MissingSince);
    }

    [Fact]
    public void Look_that_finds_a_heartbeat_ends_the_silence() =>
        Assert.Null(Looked(Sample.In(RunState.Running) with { Silence = new(Now, Now) }, missing: false).Silence);

    [Fact]
    public void Look_at_a_run_that_awaits_its_children_owes_their_count_once()
    {
        var waits = Sample.In(RunState.AwaitingChildren);

        Assert.Equal([Effect.CountChildren], Looked(Looked(waits, missing: null), missing: null).Owed.AsEnumerable());
    }

    private static Run Looked(Run run, bool? missing) => RunLifecycle.Checked(run, missing, silent: false, Now);

    private static Run Starting => Sample.In(RunState.Starting);

    private static Run Exit(Run run, int code) =>
        Apply(run, new Fact.TaskStopped(run.Launch, Sample.Stopped(Sample.Task1, code), null));

    private static Run Refused(Run run, VerdictAction action) =>
        Apply(run, new Fact.LaunchRefused(run.Launch, Sample.Verdict(action)));

    private static Run DeniedAtStart(Run run) => Apply(run, new Fact.TaskStopped(
        run.Launch, Sample.Stopped(Sample.Task1, null) with
        {
            StopCode = "TaskFailedToStart",
            StoppedReason = Denied,
        }, null));

    private static Run Apply(Run run, Fact fact) => RunLifecycle.Apply(run, fact, Now);

    private static void AssertWaits(Run run, TimeSpan least, TimeSpan most) =>
        Assert.InRange(run.NotBefore!.Value - Now, least, most);

    [Fact]
    public async Task Image_without_our_host_that_is_denied_its_start_fails_when_a_deployment_would_have_shown()
    {
        var job = TestPlane.Job() with { HasHost = false };
        var plane = new TestPlane(job);
        await plane.SubmitAsync(job);

        for (var begin = plane.Clock.GetUtcNow(); plane.Clock.GetUtcNow() < begin + (RunTimings.Deploying * 2);)
        {
            var run = plane.Run(job);
            if (run.MayHaveTask)
            {
                await plane.DeliverAsync(
                    run, plane.Tasks.End(plane.TaskOf(run).TaskArn, null, "TaskFailedToStart", Denied));
            }

            await plane.TickAsync(TimeSpan.FromSeconds(30));
        }

        Assert.Equal(RunState.Failed, plane.Run(job).State);
    }
}
