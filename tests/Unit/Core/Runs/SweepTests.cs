using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Core.Runs;

public sealed class SweepTests
{
    private static readonly JobDefinition Job = TestPlane.Job();
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TestPlane _plane = new(Job);

    [Fact]
    public async Task Launch_whose_answer_was_lost_is_found_and_not_sent_again()
    {
        _plane.Tasks.LoseNextAnswer();
        await _plane.SubmitAsync(Job);
        // A refusal now would not prove that there is no task.
        _plane.Tasks.RefuseNext(RefusalVerdicts.Classify("ThrottlingException", "Rate exceeded"));

        await _plane.TickAsync(Minute);

        Assert.Equal(1, _plane.Tasks.Calls.Count(call => call == "LaunchAsync"));
        Assert.Equal(Assert.Single(_plane.Tasks.All).TaskArn, _plane.Run(Job).TaskArn);
        Assert.Equal(1, _plane.Run(Job).Launch);
    }

    [Fact]
    public async Task Launch_whose_request_was_lost_is_sent_again_as_the_same_launch()
    {
        _plane.Tasks.LoseNextRequest();
        await _plane.SubmitAsync(Job);

        await _plane.TickAsync(Minute);

        Assert.Equal(2, _plane.Tasks.Calls.Count(call => call == "LaunchAsync"));
        Assert.Equal(Assert.Single(_plane.Tasks.All).TaskArn, _plane.Run(Job).TaskArn);
        Assert.Equal(1, _plane.Run(Job).Launch);
    }

    [Fact]
    public async Task Launch_that_its_worker_has_claimed_is_not_sent_again()
    {
        _plane.Tasks.LoseNextAnswer();
        await _plane.SubmitAsync(Job);
        await _plane.ClaimAsync(_plane.Run(Job));

        await _plane.TickAsync(Minute);

        Assert.Equal(1, _plane.Tasks.Calls.Count(call => call == "LaunchAsync"));
        Assert.Equal(RunState.Running, _plane.Run(Job).State);
    }

    [Fact]
    public async Task Launch_is_never_sent_again_once_its_token_may_have_expired()
    {
        _plane.Tasks.LoseNextRequest();
        await _plane.SubmitAsync(Job);

        _plane.Clock.Advance(RunTimings.LaunchTokenLife + Minute);
        await _plane.SweepAsync();

        Assert.Equal(1, _plane.Tasks.Calls.Count(call => call == "LaunchAsync"));
        Assert.Contains("FindAsync", _plane.Tasks.Calls);
        // The job is not to blame: the launch was lost on the way.
        Assert.Equal(
            (RunState.Pending, 1, VerdictClass.TaskMissing),
            (_plane.Run(Job).State, _plane.Run(Job).Attempt, _plane.Run(Job).Verdict!.Class));
        await _plane.TickAsync(Minute);
        Assert.Equal(2, _plane.Run(Job).Launch);
        Assert.Single(_plane.Tasks.All);
    }

    [Fact]
    public async Task Look_that_comes_early_does_not_send_a_launch_that_may_be_on_its_way()
    {
        var now = _plane.Clock.GetUtcNow();
        var run = RunLifecycle.Submit(
            TestPlane.IdOf(Job), "upload", RunPolicy.Of(Job), "{}", new LaunchPermit(null), now);
        await _plane.Store.CreateAsync(run with { NextCheckAt = now }, CancellationToken.None);

        await _plane.TickAsync(TimeSpan.FromSeconds(3));
        Assert.Empty(_plane.Tasks.All);

        await _plane.TickAsync(RunTimings.EffectGrace);
        Assert.Single(_plane.Tasks.All);
    }

    [Fact]
    public async Task Stopped_task_whose_event_was_lost_is_found()
    {
        await _plane.SubmitAsync(Job);
        await _plane.SucceedAsync(_plane.Run(Job));

        await _plane.TickAsync(RunTimings.Check);

        Assert.Equal(RunState.Succeeded, _plane.Run(Job).State);
    }

    [Fact]
    public async Task Result_recorded_while_the_sweep_asks_ecs_is_not_overlooked()
    {
        await _plane.SubmitAsync(Job);
        var run = _plane.Run(Job);
        await _plane.ClaimAsync(run);
        _plane.Faults.Before = call =>
        {
            if (call != "DescribeAsync") return;
            _plane.CompleteAsync(run, new(0) { ResultJson = "{}" }).GetAwaiter().GetResult();
            _plane.Tasks.End(_plane.TaskOf(run).TaskArn, 0);
        };

        _plane.Clock.Advance(RunTimings.Check);
        await _plane.Workers.HeartbeatAsync(run.LaunchId, _plane.Clock.GetUtcNow(), null, CancellationToken.None);
        await _plane.SweepAsync();
        await _plane.TickAsync(RunTimings.Check);

        Assert.Equal(RunState.Succeeded, _plane.Run(Job).State);
        Assert.Equal(1, _plane.Run(Job).Launch);
    }

    [Fact]
    public async Task Task_that_ecs_does_not_know_is_given_up_only_after_five_minutes()
    {
        await _plane.SubmitAsync(Job);
        _plane.Tasks.Forget(_plane.TaskOf(_plane.Run(Job)).TaskArn);

        await _plane.TickAsync(RunTimings.Check);
        Assert.Equal(
            (RunState.Starting, _plane.Clock.GetUtcNow()), (_plane.Run(Job).State, _plane.Run(Job).MissingSince));
        await _plane.TickAsync(RunTimings.MissingConfirmation);

        Assert.Equal(
            (RunState.Pending, 2, VerdictClass.TaskMissing),
            (_plane.Run(Job).State, _plane.Run(Job).Attempt, _plane.Run(Job).Verdict!.Class));
    }

    [Fact]
    public async Task Failed_describe_is_neither_missing_nor_found_and_spares_the_other_runs()
    {
        await _plane.SubmitAsync(Job);
        _plane.Tasks.Forget(_plane.TaskOf(_plane.Run(Job)).TaskArn);
        await _plane.TickAsync(RunTimings.Check);
        var since = _plane.Run(Job).MissingSince;
        _plane.Tasks.RefuseNext(RefusalVerdicts.Classify("ThrottlingException", "Rate exceeded"));
        await _plane.SubmitAsync(Job, "waiting");
        _plane.Faults.Before = call => { if (call == "DescribeAsync") throw new HttpRequestException("ECS is away."); };

        await Assert.ThrowsAsync<AggregateException>(() => _plane.TickAsync(RunTimings.Check));

        Assert.Equal((RunState.Starting, since), (_plane.Run(Job).State, _plane.Run(Job).MissingSince));
        Assert.Equal(RunState.Starting, _plane.Run(Job, "waiting").State);
    }

    [Fact]
    public async Task Attempt_over_its_time_is_stopped_and_ends_timed_out_with_an_alert()
    {
        await _plane.SubmitAsync(Job);
        var run = _plane.Run(Job);
        await _plane.ClaimAsync(run);
        for (var minute = 0; minute <= 60; minute++)
        {
            await _plane.TickAsync(Minute);
            await _plane.Workers.HeartbeatAsync(run.LaunchId, _plane.Clock.GetUtcNow(), null, CancellationToken.None);
        }

        Assert.Equal((RunState.Stopping, StopCause.TimedOut), (_plane.Run(Job).State, _plane.Run(Job).StopCause));
        Assert.Contains("timed out after 60 minutes", _plane.TaskOf(run).StopReason, StringComparison.Ordinal);
        Assert.Empty(_plane.Alerts.Published);

        _plane.Tasks.End(_plane.TaskOf(run).TaskArn, 75);
        await _plane.TickAsync(Minute);
        Assert.Equal(RunState.TimedOut, _plane.Run(Job).State);
        Assert.Contains("timed out", Assert.Single(_plane.Alerts.Published).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_of_a_task_counts_from_when_ECS_accepted_it_however_long_the_launch_had_no_answer()
    {
        var quick = Job with { TimeoutMinutes = 10 };
        _plane.Tasks.LoseNextRequest();
        await _plane.SubmitAsync(quick);
        for (var minutes = 0; minutes < 25; minutes++)
        {
            _plane.Tasks.LoseNextRequest();
            await _plane.TickAsync(Minute);
        }

        for (var minutes = 0; minutes < 9; minutes++) await _plane.TickAsync(Minute);

        Assert.Equal(
            (RunState.Starting, 1, false),
            (_plane.Run(quick).State, _plane.Run(quick).Launch, _plane.Run(quick).TaskArn is null));
    }

    [Fact]
    public async Task Time_counts_from_the_claim_even_when_the_sweep_learns_of_it_late()
    {
        var quick = Job with { TimeoutMinutes = 1 };
        await _plane.SubmitAsync(quick);
        _plane.Clock.Advance(TimeSpan.FromSeconds(50));
        await _plane.ClaimAsync(_plane.Run(quick));

        await _plane.TickAsync(TimeSpan.FromSeconds(11));
        Assert.Equal(RunState.Running, _plane.Run(quick).State);
        await _plane.TickAsync(TimeSpan.FromSeconds(49));
        Assert.Equal(RunState.Stopping, _plane.Run(quick).State);
    }

    [Fact]
    public async Task Time_that_Fargate_takes_to_start_a_task_counts_only_after_its_allowance()
    {
        var quick = Job with { TimeoutMinutes = 1 };
        await _plane.SubmitAsync(quick);

        for (var i = 0; i < 10; i++) await _plane.TickAsync(Minute);
        Assert.Equal(RunState.Starting, _plane.Run(quick).State);

        for (var i = 0; i < 2; i++) await _plane.TickAsync(Minute);
        Assert.Equal((RunState.Stopping, StopCause.TimedOut), (_plane.Run(quick).State, _plane.Run(quick).StopCause));
    }

    [Fact]
    public async Task Time_of_an_image_counts_from_when_its_task_runs_however_late_that_is()
    {
        await _plane.SubmitAsync(Job);
        var run = _plane.Run(Job);
        var late = run.LaunchedAt!.Value + (2 * RunTimings.StartAllowance);

        var deadline = RunTimes.AttemptDeadline(
            run, new TaskReading("RUNNING", null) { CreatedAt = run.LaunchedAt, StartedAt = late });

        Assert.Equal(late + TimeSpan.FromMinutes(run.Policy.TimeoutMinutes), deadline);
    }

    [Fact]
    public async Task Silent_worker_is_stopped_and_its_run_repeated()
    {
        await _plane.SubmitAsync(Job);
        var run = _plane.Run(Job);
        await _plane.ClaimAsync(run);
        _plane.Clock.Advance(Minute);
        await _plane.Workers.HeartbeatAsync(run.LaunchId, _plane.Clock.GetUtcNow(), null, CancellationToken.None);
        await _plane.TickAsync(RunTimings.Check - Minute);
        Assert.Equal(RunState.Running, _plane.Run(Job).State);

        await _plane.TickAsync(RunTimings.HeartbeatLimit);
        for (var look = 0; look < 2; look++)
        {
            Assert.Equal(RunState.Running, _plane.Run(Job).State);
            await _plane.TickAsync(Minute);
        }

        Assert.Equal((RunState.Stopping, StopCause.HeartbeatLost), (_plane.Run(Job).State, _plane.Run(Job).StopCause));
        _plane.Tasks.End(_plane.TaskOf(run).TaskArn, 137);
        await _plane.TickAsync(Minute);

        var again = _plane.Run(Job);
        Assert.Equal((RunState.Starting, 2, 2), (again.State, again.Attempt, again.Launch));
    }

    [Fact]
    public async Task Image_without_our_host_owes_no_heartbeat_and_succeeds_by_its_exit_code()
    {
        var plain = Job with { HasHost = false };
        await _plane.SubmitAsync(plain);
        for (var i = 0; i < 4; i++) await _plane.TickAsync(RunTimings.Check);
        Assert.Equal(RunState.Starting, _plane.Run(plain).State);

        _plane.Tasks.End(_plane.Run(plain).TaskArn!, 0);
        await _plane.TickAsync(RunTimings.Check);

        Assert.Equal(RunState.Succeeded, _plane.Run(plain).State);
    }

    [Fact]
    public async Task StopTask_that_was_lost_is_sent_again_until_the_task_has_stopped()
    {
        await _plane.SubmitAsync(Job);
        await _plane.CancelAsync(_plane.Run(Job));
        await _plane.TickAsync(Minute);
        await _plane.TickAsync(Minute);

        Assert.Equal(3, _plane.Tasks.Calls.Count(call => call == "StopAsync"));
        Assert.Equal(RunState.Stopping, _plane.Run(Job).State);
    }

    [Fact]
    public async Task Slot_whose_holder_is_gone_is_healed_and_the_next_run_started()
    {
        var capped = TestPlane.Job(cap: 1);
        _plane.Deploy(capped);
        await _plane.Slots.AcquireAsync(new LaunchId(RunId.From(capped.Name, "dead"), 4), 0, 1, CancellationToken.None);
        await _plane.SubmitAsync(capped);
        Assert.Equal(RunState.Pending, _plane.Run(capped).State);

        await _plane.TickAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(RunState.Starting, _plane.Run(capped).State);
        Assert.Equal([_plane.Run(capped).LaunchId], await _plane.HoldersAsync(capped));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Cap_is_never_exceeded_while_a_burst_is_worked_off(int cap)
    {
        var capped = TestPlane.Job(cap);
        _plane.Deploy(capped);
        var names = Enumerable.Range(0, 12).Select(i => $"n{i}").ToList();
        foreach (var name in names) await _plane.SubmitAsync(capped, name);
        for (var round = 0; round < 40; round++)
        {
            var alive = _plane.Tasks.All.Where(task => task.IsAlive).ToList();
            Assert.InRange(alive.Count, 0, cap);
            foreach (var task in alive)
            {
                var run = _plane.Store.Find(task.Launch.Id.Run)!;
                await _plane.DeliverAsync(run, await _plane.SucceedAsync(run));
            }

            await _plane.TickAsync(TimeSpan.FromSeconds(20));
        }

        Assert.All(_plane.Store.All, run => Assert.Equal(RunState.Succeeded, run.State));
        Assert.Equal(12, _plane.Tasks.All.Count);
        Assert.Empty(await _plane.HoldersAsync(capped));
    }

    [Fact]
    public async Task Waiting_run_of_a_removed_job_is_cancelled_with_an_alert()
    {
        await _plane.SweepAsync();
        _plane.Tasks.RefuseNext(RefusalVerdicts.Classify("ThrottlingException", "Rate exceeded"));
        await _plane.SubmitAsync(Job);
        _plane.Deploy();

        // The process may be one that a deployment has not replaced yet.
        await _plane.TickAsync(RunTimings.Deploying - Minute);
        Assert.Equal(RunState.Pending, _plane.Run(Job).State);
        await _plane.TickAsync(Minute);

        Assert.Equal(
            (RunState.Cancelled, VerdictClass.JobRemoved), (_plane.Run(Job).State, _plane.Run(Job).Verdict!.Class));
        Assert.Contains("was cancelled", Assert.Single(_plane.Alerts.Published).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stale_index_makes_the_sweep_look_but_change_nothing()
    {
        await _plane.SubmitAsync(Job);
        _plane.Store.IndexIsHeld = true;
        await _plane.DeliverAsync(_plane.Run(Job), await _plane.SucceedAsync(_plane.Run(Job)));
        var ended = _plane.Run(Job);

        await _plane.TickAsync(RunTimings.Check);

        Assert.Same(ended, _plane.Run(Job));
    }

    [Fact]
    public async Task Sweep_costs_the_same_whatever_waits_and_whatever_is_over()
    {
        var idle = await CallsOfSweepAsync();
        for (var i = 0; i < 1_000; i++)
        {
            await _plane.WaitAsync(Job, $"{i}");
            var over = await _plane.WaitAsync(Job, $"over {i}");
            await _plane.Store.SaveAsync(
                over with { Version = over.Version + 1, State = RunState.Succeeded, NextCheckAt = null, TurnAt = null },
                CancellationToken.None);
        }

        Assert.Equal(idle, await CallsOfSweepAsync());
        Assert.Equal(["ReadAllAsync", "DueAsync"], idle);
    }

    [Fact]
    public async Task Sweep_reads_each_due_run_once_and_describes_tasks_a_hundred_at_a_time()
    {
        for (var i = 0; i < 150; i++) await _plane.SubmitAsync(Job, $"{i}");
        _plane.Clock.Advance(RunTimings.Check);
        foreach (var run in _plane.Store.All) await _plane.ClaimAsync(run);

        var calls = await CallsOfSweepAsync();

        Assert.All(_plane.Store.All, run => Assert.Equal(RunState.Running, run.State));
        // Two pages, and each run again when its claim is noted.
        Assert.Equal(152, calls.Count(call => call == "ReadAsync"));
        Assert.Equal(2, calls.Count(call => call == "DescribeAsync"));
    }

    private async Task<List<string>> CallsOfSweepAsync()
    {
        var before = _plane.Faults.Calls.Count;
        await _plane.SweepAsync();
        return [.. _plane.Faults.Calls.Skip(before)];
    }
}
