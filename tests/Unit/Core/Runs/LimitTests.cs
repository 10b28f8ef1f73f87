using Jobs.Core.Definitions;
using Jobs.Core.Runs;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Core.Runs;

/// <summary>Limits that are kept from outside: the run's own time, and Fargate's time to start a task.</summary>
public sealed class LimitTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly JobDefinition Job = TestPlane.Job() with { TimeoutMinutes = 20, RunTimeoutMinutes = 30 };

    private readonly TestPlane _plane = new(Job);

    [Fact]
    public async Task Waiting_run_ends_when_its_time_is_over_and_its_alert_says_what_it_waited_for()
    {
        for (var i = 0; i < 100; i++)
        {
            _plane.Tasks.RefuseNext(RefusalVerdicts.Classify("Capacity is unavailable at this time", null));
        }

        await _plane.SubmitAsync(Job);
        for (var minute = 0; minute < 60 && _plane.Run(Job).State == RunState.Pending; minute++)
        {
            await _plane.TickAsync(Minute);
        }

        var run = _plane.Run(Job);
        Assert.Equal((RunState.TimedOut, VerdictClass.RunTimedOut), (run.State, run.Verdict!.Class));
        Assert.Empty(_plane.Tasks.All);
        Assert.Contains("Capacity is unavailable", run.Verdict.Sentence, StringComparison.Ordinal);
        Assert.Single(_plane.Alerts.Published, alert => alert.Subject.Contains("timed out", StringComparison.Ordinal));
        Assert.InRange(run.EndedAt!.Value - run.CreatedAt, Minute * 30, Minute * 32);
    }

    [Fact]
    public void Waiting_run_that_is_dispatched_too_late_is_not_launched()
    {
        var run = Sample.In(RunState.Pending) with { Policy = Sample.Policy with { RunTimeoutMinutes = 60 } };

        Assert.Equal(
            RunState.Starting,
            RunLifecycle.Apply(run, new Fact.Dispatched(new LaunchPermit(null)), Sample.Now.AddTicks(-1)).State);
        var late = RunLifecycle.Apply(run, new Fact.Dispatched(new LaunchPermit(null)), Sample.Now);
        Assert.Equal((RunState.TimedOut, run.Launch), (late.State, late.Launch));
        Assert.Equal([Effect.Alert], late.Owed.AsEnumerable());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_under_way_is_stopped_when_its_time_is_over_and_its_ending_recorded_once(bool claimed)
    {
        var job = Job with { TimeoutMinutes = 30 };
        await _plane.SubmitAsync(job);
        var run = _plane.Run(job);
        if (claimed)
        {
            _plane.Clock.Advance(Minute);
            await _plane.ClaimAsync(run);
        }

        for (var minute = 0; minute < 31 && _plane.Run(job).State != RunState.Stopping; minute++)
        {
            if (claimed)
            {
                await _plane.Workers.HeartbeatAsync(
                    run.LaunchId, _plane.Clock.GetUtcNow(), null, CancellationToken.None);
            }

            await _plane.TickAsync(Minute);
        }

        Assert.Equal((RunState.Stopping, StopCause.RunTimedOut), (_plane.Run(job).State, _plane.Run(job).StopCause));
        Assert.Equal(run.CreatedAt.AddMinutes(30), _plane.Clock.GetUtcNow());
        Assert.Contains("had its 30 minutes", _plane.TaskOf(run).StopReason, StringComparison.Ordinal);
        var stopped = _plane.Tasks.End(_plane.TaskOf(run).TaskArn, 75);
        await _plane.TickAsync(Minute);
        await _plane.DeliverAsync(run, stopped);

        Assert.Equal(RunState.TimedOut, _plane.Run(job).State);
        Assert.Single(_plane.Alerts.Published, alert => alert.Subject.Contains("timed out", StringComparison.Ordinal));
        Assert.Single(await _plane.Store.AttemptsAsync(run.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Retry_that_could_not_begin_in_time_is_not_scheduled()
    {
        await _plane.SubmitAsync(Job);
        _plane.Clock.Advance(Minute * 29.9);

        var run = await _plane.DeliverAsync(_plane.Run(Job), await _plane.FailAsync(_plane.Run(Job)));

        Assert.Equal((RunState.Failed, VerdictClass.JobFailed, 1), (run!.State, run.Verdict!.Class, run.Attempt));
        Assert.Contains(
            "RunTimeoutMinutes (30) left no time to repeat it.", run.Verdict.NextStep, StringComparison.Ordinal);
        Assert.Single(_plane.Alerts.Published);
    }

    [Fact]
    public async Task Interrupted_run_that_has_no_time_left_fails()
    {
        await _plane.SubmitAsync(Job);
        _plane.Clock.Advance(Minute * 29.9);

        var run = await _plane.DeliverAsync(
            _plane.Run(Job),
            _plane.Tasks.End(
                _plane.TaskOf(_plane.Run(Job)).TaskArn, 75, "SpotInterruption", "Your Spot Task was interrupted."));

        Assert.Equal((RunState.Failed, VerdictClass.SpotInterruption), (run!.State, run.Verdict!.Class));
        Assert.Single(_plane.Alerts.Published);
    }

    [Fact]
    public void Waiting_parent_ends_when_its_time_is_over()
    {
        var run = Sample.In(RunState.AwaitingChildren) with { Policy = Sample.Policy with { RunTimeoutMinutes = 62 } };

        var looked = RunLifecycle.Checked(run, missing: null, silent: false, Sample.Now);

        Assert.True(
            RunLifecycle.Done(looked, [Effect.CountChildren], Sample.Now).NextCheckAt <= run.CreatedAt.AddMinutes(62));
        Assert.Equal(RunState.TimedOut, RunLifecycle.Apply(looked, new Fact.RunTimedOut(), Sample.Now).State);
    }

    [Fact]
    public async Task Task_that_does_not_get_started_is_stopped_and_its_run_repeated()
    {
        var job = Job with { RunTimeoutMinutes = null };
        await _plane.SubmitAsync(job);
        var run = _plane.Run(job);
        _plane.Tasks.Stick(_plane.TaskOf(run).TaskArn);
        for (var minute = 0; minute < 9; minute++) await _plane.TickAsync(Minute);
        Assert.Equal(RunState.Starting, _plane.Run(job).State);

        await _plane.TickAsync(Minute);
        Assert.Equal((RunState.Stopping, StopCause.NeverStarted), (_plane.Run(job).State, _plane.Run(job).StopCause));
        Assert.Contains("did not start", _plane.TaskOf(run).StopReason, StringComparison.Ordinal);
        _plane.Tasks.End(_plane.TaskOf(run).TaskArn, exitCode: null);
        await _plane.TickAsync(Minute);

        Assert.Equal(
            (RunState.Starting, 2, VerdictClass.NeverStarted),
            (_plane.Run(job).State, _plane.Run(job).Attempt, _plane.Run(job).Verdict!.Class));
        Assert.All(
            (string[])["subnets", "NAT", "image", "capacity"],
            word => Assert.Contains(word, _plane.Run(job).Verdict!.NextStep, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Task_accepted_late_has_its_own_time_to_start()
    {
        _plane.Tasks.LoseNextRequest();
        await _plane.SubmitAsync(Job);
        _plane.Clock.Advance(Minute * 9);
        await _plane.SweepAsync();
        _plane.Tasks.Stick(_plane.TaskOf(_plane.Run(Job)).TaskArn);

        await _plane.TickAsync(Minute * 5);
        Assert.Equal(RunState.Starting, _plane.Run(Job).State);
        await _plane.TickAsync(Minute * 5);
        Assert.Equal(RunState.Stopping, _plane.Run(Job).State);
    }

    [Fact]
    public async Task Worker_that_claimed_is_proof_that_its_task_runs_whatever_ecs_says()
    {
        await _plane.SubmitAsync(Job);
        _plane.Tasks.Stick(_plane.TaskOf(_plane.Run(Job)).TaskArn);
        _plane.Clock.Advance(Minute * 10);
        await _plane.ClaimAsync(_plane.Run(Job));

        await _plane.SweepAsync();

        Assert.Equal(RunState.Running, _plane.Run(Job).State);
    }

    [Fact]
    public async Task Attempt_that_the_sweep_found_stopped_keeps_what_ecs_said_of_it()
    {
        await _plane.SubmitAsync(Job with { Spot = true });
        var run = _plane.Run(Job);
        await _plane.ClaimAsync(run);
        await _plane.Workers.HeartbeatAsync(
            run.LaunchId, _plane.Clock.GetUtcNow(), new(0.5, "half"), CancellationToken.None);
        _plane.Clock.Advance(Minute * 2);
        var stopped = _plane.Tasks.End(_plane.TaskOf(run).TaskArn, 3);
        await _plane.TickAsync(RunTimings.Check);

        var attempt = Assert.Single(await _plane.Store.AttemptsAsync(run.Id, CancellationToken.None));
        Assert.Equal(
            (stopped.Description, 3, "256/512", true),
            (attempt.Ecs, attempt.ExitCode, attempt.Size?.ToString(), attempt.Spot));
        Assert.Equal((Minute * 2, "half"), (attempt.Billed, attempt.Progress?.Message));
    }
}
