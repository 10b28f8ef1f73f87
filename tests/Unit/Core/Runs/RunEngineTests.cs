using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Core.Runs;

public sealed class RunEngineTests
{
    private static readonly JobDefinition Job = TestPlane.Job();
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TestPlane _plane = new(Job);

    [Fact]
    public async Task Upload_run_costs_seven_calls()
    {
        await _plane.SubmitAsync(Job);
        var run = _plane.Run(Job);
        await _plane.ClaimAsync(run);
        await _plane.Store.ReadInputAsync(run.Id, CancellationToken.None);
        await _plane.CompleteAsync(run, new(0) { ResultJson = "{}" });
        var ended = await _plane.DeliverAsync(run, _plane.Tasks.End(_plane.TaskOf(run).TaskArn, 0));

        Assert.Equal(RunState.Succeeded, ended!.State);
        Assert.Equal(["CreateAsync", "LaunchAsync", "ReadAsync", "SaveAsync"], _plane.Faults.Calls);
        Assert.Equal(["ClaimAsync", "CompleteAsync"], _plane.Workers.Calls);
        Assert.Equal(1, _plane.Store.Calls.Count(call => call == "ReadInputAsync"));
    }

    [Fact]
    public async Task Capped_run_takes_two_more_calls_for_its_slot()
    {
        var capped = TestPlane.Job(cap: 1);
        _plane.Deploy(capped);
        await _plane.SubmitAsync(capped);
        await _plane.DeliverAsync(_plane.Run(capped), await _plane.SucceedAsync(_plane.Run(capped)));

        Assert.Equal(
            ["CreateAsync", "AcquireAsync", "LaunchAsync", "ReadAsync", "ReleaseAsync", "SaveAsync"],
            _plane.Faults.Calls);
    }

    [Fact]
    public async Task Event_that_arrives_twice_makes_one_run_and_one_task()
    {
        Assert.True(await _plane.SubmitAsync(Job));
        Assert.False(await _plane.SubmitAsync(Job));

        Assert.Single(_plane.Store.All);
        Assert.Single(_plane.Tasks.All);
    }

    [Fact]
    public async Task Event_that_comes_again_resumes_a_launch_whose_sender_died()
    {
        _plane.Faults.CrashAt = 1;
        await Assert.ThrowsAnyAsync<Exception>(() => _plane.SubmitAsync(Job));
        _plane.Faults.Restart();
        Assert.Empty(_plane.Tasks.All);

        Assert.False(await _plane.SubmitAsync(Job));
        Assert.Empty(_plane.Tasks.All);
        _plane.Clock.Advance(RunTimings.EffectGrace + TimeSpan.FromSeconds(1));
        Assert.False(await _plane.SubmitAsync(Job));

        Assert.Equal(1, Assert.Single(_plane.Tasks.All).Launch.Id.Number);
    }

    [Fact]
    public async Task Stop_event_that_arrives_twice_changes_nothing_the_second_time()
    {
        await _plane.SubmitAsync(Job);
        var run = _plane.Run(Job);
        var stopped = await _plane.SucceedAsync(run);

        var first = await _plane.DeliverAsync(run, stopped);
        var second = await _plane.DeliverAsync(run, stopped);

        Assert.Equal(first!.Version, second!.Version);
    }

    [Fact]
    public async Task Fact_about_an_unknown_run_is_answered_with_null() =>
        Assert.Null(
            await _plane.Engine.ApplyAsync(
                RunId.From("line-count", "absent"), _ => new Fact.CancelRequested(), CancellationToken.None));

    [Theory]
    [InlineData("Too many", "ThrottlingException", VerdictClass.Throttled)]
    [InlineData("Please try again later", "Capacity is unavailable at this time.", VerdictClass.CapacityUnavailable)]
    public async Task Refused_launch_waits_and_is_tried_again_as_a_new_launch(
        string detail, string code, VerdictClass expected)
    {
        _plane.Tasks.RefuseNext(RefusalVerdicts.Classify(code, detail));
        await _plane.SubmitAsync(Job);
        var refused = _plane.Run(Job);

        Assert.Equal((RunState.Pending, expected), (refused.State, refused.Verdict!.Class));
        Assert.InRange(
            refused.NotBefore!.Value - _plane.Clock.GetUtcNow(),
            RunTimings.RefusalBackoff / 2,
            RunTimings.RefusalBackoff);
        await _plane.TickAsync(RunTimings.RefusalBackoff);
        Assert.Equal((RunState.Starting, 2), (_plane.Run(Job).State, _plane.Run(Job).Launch));
        Assert.Empty(_plane.Alerts.Published);
    }

    [Fact]
    public async Task Misconfigured_launch_fails_at_once_with_one_alert()
    {
        _plane.Tasks.RefuseNext(
            RefusalVerdicts.Classify("InvalidParameterException", "The subnet ID 'subnet-1' does not exist."));
        await _plane.SubmitAsync(Job);

        var failed = _plane.Run(Job);
        Assert.Equal((RunState.Failed, VerdictClass.Misconfigured), (failed.State, failed.Verdict!.Class));
        Assert.Empty(failed.Owed);
        Assert.Contains("subnet-1", Assert.Single(_plane.Alerts.Published).Body, StringComparison.Ordinal);
        Assert.Empty(_plane.Tasks.All);
    }

    [Fact]
    public async Task Refused_slot_is_not_passed_on_at_once()
    {
        var capped = TestPlane.Job(cap: 1);
        _plane.Deploy(capped);
        await _plane.SubmitAsync(capped);
        await _plane.SubmitAsync(capped, "b");
        await _plane.SubmitAsync(capped, "c");
        var first = _plane.Run(capped);
        for (var i = 0; i < 2; i++)
        {
            _plane.Tasks.RefuseNext(RefusalVerdicts.Classify("Capacity is unavailable at this time", null));
        }

        await _plane.DeliverAsync(first, await _plane.SucceedAsync(first));

        Assert.Equal(2, _plane.Tasks.Calls.Count(call => call == "LaunchAsync"));
    }

    [Fact]
    public async Task Task_accepted_after_the_cancel_is_stopped()
    {
        _plane.Tasks.LoseNextRequest();
        await _plane.SubmitAsync(Job);
        await _plane.CancelAsync(_plane.Run(Job));
        await _plane.TickAsync(Minute * 6);
        Assert.Equal(RunState.Cancelled, _plane.Run(Job).State);

        // A process that had been frozen all the while now sends the launch and is told that it was accepted.
        await _plane.Tasks.LaunchAsync(
            new(_plane.Run(Job).LaunchId, false, null, _plane.Run(Job).Size), CancellationToken.None);
        var task = Assert.Single(_plane.Tasks.All);
        var run = await _plane.Engine.ApplyAsync(
            _plane.Run(Job).Id, _ => new Fact.LaunchAccepted(1, task.TaskArn), CancellationToken.None);

        Assert.Equal(RunState.Cancelled, run!.State);
        Assert.Empty(run.Owed);
        Assert.Contains("moved on", _plane.TaskOf(run).StopReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_while_the_answer_is_lost_finds_the_task_and_stops_it()
    {
        _plane.Tasks.LoseNextAnswer();
        await _plane.SubmitAsync(Job);
        await _plane.CancelAsync(_plane.Run(Job));

        var run = _plane.Run(Job);
        Assert.Equal((RunState.Stopping, StopCause.Cancelled), (run.State, run.StopCause));
        Assert.NotNull(_plane.TaskOf(run).StopReason);
        Assert.Equal(
            RunState.Cancelled,
            (await _plane.DeliverAsync(run, _plane.Tasks.End(_plane.TaskOf(run).TaskArn, 143)))!.State);
        Assert.Empty(_plane.Alerts.Published);
    }

    [Fact]
    public async Task Result_wins_over_a_late_cancel()
    {
        await _plane.SubmitAsync(Job);
        var run = _plane.Run(Job);
        await _plane.CancelAsync(run);

        Assert.Equal(RunState.Succeeded, (await _plane.DeliverAsync(run, await _plane.SucceedAsync(run)))!.State);
    }

    [Fact]
    public async Task Stop_event_that_overtakes_the_launch_answer_ends_the_run()
    {
        _plane.Tasks.LoseNextAnswer();
        await _plane.SubmitAsync(Job);
        var run = _plane.Run(Job);
        Assert.True(run.Owes(EffectKind.Launch));

        var ended = await _plane.DeliverAsync(run, await _plane.SucceedAsync(run));

        Assert.Equal(RunState.Succeeded, ended!.State);
        Assert.Empty(ended.Owed);
        Assert.Equal(_plane.TaskOf(run).TaskArn, ended.TaskArn);
    }

    [Fact]
    public async Task Second_task_of_a_launch_that_lost_the_claim_ends_without_ending_the_run()
    {
        await _plane.SubmitAsync(Job);
        var run = _plane.Run(Job);
        await _plane.ClaimAsync(run);

        var after = await _plane.DeliverAsync(run, Sample.Stopped("arn:stray", 79));

        Assert.Equal(run, after);
    }

    [Fact]
    public async Task Failing_job_is_repeated_after_growing_waits_and_then_succeeds()
    {
        var patient = Job with { Retry = new RetryPolicy { BackoffSeconds = 120 } };
        await _plane.SubmitAsync(patient);
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            var waiting = await _plane.DeliverAsync(_plane.Run(patient), await _plane.FailAsync(_plane.Run(patient)));
            var longest = TimeSpan.FromSeconds(120 * attempt);
            Assert.Equal((RunState.Pending, attempt + 1), (waiting!.State, waiting.Attempt));
            Assert.InRange(waiting.NotBefore!.Value - _plane.Clock.GetUtcNow(), longest / 2, longest);
            await _plane.TickAsync(longest);
        }

        var run = _plane.Run(patient);
        Assert.Equal(3, run.Launch);
        Assert.Equal(RunState.Succeeded, (await _plane.DeliverAsync(run, await _plane.SucceedAsync(run)))!.State);
        Assert.Empty(_plane.Alerts.Published);
    }

    [Fact]
    public async Task Repetition_that_need_not_wait_longer_than_a_task_starts_is_launched_at_once()
    {
        await _plane.SubmitAsync(Job);

        var again = await _plane.DeliverAsync(_plane.Run(Job), await _plane.FailAsync(_plane.Run(Job)));

        Assert.Equal((RunState.Starting, 2, 2), (again!.State, again.Attempt, again.Launch));
        Assert.Equal(2, _plane.TaskOf(again).Launch.Id.Number);
        var attempt = Assert.Single(await _plane.Store.AttemptsAsync(again.Id, CancellationToken.None));
        Assert.NotNull(attempt.TaskArn);
        Assert.NotEqual(attempt.TaskArn, _plane.TaskOf(again).TaskArn);
    }

    [Fact]
    public async Task Repetition_of_a_capped_job_waits_for_its_turn()
    {
        var capped = Job with { MaxConcurrent = 1 };
        _plane.Deploy(capped);
        await _plane.SubmitAsync(capped, "a");
        await _plane.SubmitAsync(capped, "b");

        var again = await _plane.DeliverAsync(_plane.Run(capped, "a"), await _plane.FailAsync(_plane.Run(capped, "a")));

        Assert.Equal((RunState.Pending, 2), (again!.State, again.Attempt));
        Assert.Equal(RunState.Starting, _plane.Run(capped, "b").State);
    }

    [Fact]
    public async Task Repetition_waits_while_ECS_refuses_launches_for_their_rate()
    {
        await _plane.SubmitAsync(Job);
        _plane.Engine.Gate.Shut();

        var again = await _plane.DeliverAsync(_plane.Run(Job), await _plane.FailAsync(_plane.Run(Job)));

        Assert.Equal((RunState.Pending, 2, 1), (again!.State, again.Attempt, again.Launch));
    }

    [Fact]
    public async Task Job_that_always_fails_ends_after_its_attempts_with_one_alert_that_tells_all()
    {
        await _plane.SubmitAsync(Job);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await _plane.DeliverAsync(_plane.Run(Job), await _plane.FailAsync(_plane.Run(Job)));
            await _plane.TickAsync(TimeSpan.FromMinutes(2));
        }

        Assert.Equal(RunState.Failed, _plane.Run(Job).State);
        Assert.Equal(3, (await _plane.Store.AttemptsAsync(_plane.Run(Job).Id, CancellationToken.None)).Count);
        var alert = Assert.Single(_plane.Alerts.Published);
        Assert.Contains("line-count failed for good: The file is broken.", alert.Subject, StringComparison.Ordinal);
        Assert.All(
            new[] { "The file is broken.", "ATTEMPTS (3)", "exit code 64", "row 7", "s3://inbox/incoming/a.csv",
                "aws s3 cp", _plane.Run(Job).Id.ToString() },
            part => Assert.Contains(part, alert.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Error_that_repeating_cannot_help_fails_at_once()
    {
        await _plane.SubmitAsync(Job);

        var run = await _plane.DeliverAsync(_plane.Run(Job), await _plane.FailAsync(_plane.Run(Job), retryable: false));

        Assert.Equal((RunState.Failed, 1), (run!.State, run.Attempt));
        Assert.Single(_plane.Alerts.Published);
    }

    [Fact]
    public async Task Alert_that_cannot_be_published_is_published_once_by_a_later_tick()
    {
        await _plane.SubmitAsync(Job);
        var run = _plane.Run(Job);
        var stopped = await _plane.FailAsync(run, retryable: false);
        _plane.Faults.Before = call => { if (call == "PublishAsync") throw new HttpRequestException("SNS is away."); };

        var thrown = await Assert.ThrowsAsync<AggregateException>(() => _plane.DeliverAsync(run, stopped));

        Assert.Contains("still owes Alert", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(Effect.Alert, Assert.Single(_plane.Run(Job).Owed));
        _plane.Faults.Before = null;
        for (var minute = 0; minute < 5; minute++) await _plane.TickAsync(Minute);
        Assert.Single(_plane.Alerts.Published);
        Assert.Empty(_plane.Run(Job).Owed);
        Assert.Null(_plane.Run(Job).NextCheckAt);
    }

    [Fact]
    public async Task Spot_without_capacity_is_followed_by_a_launch_on_demand_at_once()
    {
        var spot = Job with { Spot = true, MaxConcurrent = 1 };
        _plane.Deploy(spot);
        _plane.Tasks.RefuseNext(
            RefusalVerdicts.Classify(
                "Capacity is unavailable at this time. Please try again later or in a different availability zone",
                null));

        await _plane.SubmitAsync(spot);

        var run = _plane.Run(spot);
        Assert.Equal((RunState.Starting, 2, 1), (run.State, run.Launch, run.Attempt));
        Assert.False(_plane.TaskOf(run).Launch.Spot);
        Assert.Equal([run.LaunchId], await _plane.HoldersAsync(spot));
    }

    [Fact]
    public async Task On_demand_without_capacity_waits()
    {
        _plane.Tasks.RefuseNext(RefusalVerdicts.Classify("Capacity is unavailable at this time", null));

        await _plane.SubmitAsync(Job);

        Assert.True(_plane.Run(Job).IsWaiting);
        Assert.True(_plane.Run(Job).NotBefore > _plane.Clock.GetUtcNow());
        Assert.Equal(1, _plane.Tasks.Calls.Count(call => call == "LaunchAsync"));
    }

    [Fact]
    public async Task Spot_job_is_launched_on_demand_after_an_interruption()
    {
        var spot = Job with { Spot = true };
        await _plane.SubmitAsync(spot);
        var run = _plane.Run(spot);
        Assert.True(_plane.TaskOf(run).Launch.Spot);

        await _plane.DeliverAsync(
            run,
            _plane.Tasks.End(_plane.TaskOf(run).TaskArn, 75, "SpotInterruption", "Your Spot Task was interrupted."));
        await _plane.TickAsync(RunTimings.FreeBackoff);

        Assert.Equal((2, 1), (_plane.Run(spot).Launch, _plane.Run(spot).Attempt));
        Assert.False(_plane.TaskOf(_plane.Run(spot)).Launch.Spot);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_rides_in_the_launch_only_for_an_image_without_our_host(bool hasHost)
    {
        var job = Job with { HasHost = hasHost };
        await _plane.SubmitAsync(job);

        Assert.Equal(hasHost ? null : TestPlane.Upload, _plane.TaskOf(_plane.Run(job)).Launch.Upload);
    }

    [Fact]
    public async Task Freed_slot_goes_to_the_run_that_was_asked_for_first()
    {
        var capped = TestPlane.Job(cap: 1);
        _plane.Deploy(capped);
        foreach (var name in (string[])["a", "b", "c"])
        {
            await _plane.SubmitAsync(capped, name);
            _plane.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(
            [RunState.Starting, RunState.Pending, RunState.Pending],
            new[] { "a", "b", "c" }.Select(name => _plane.Run(capped, name).State));
        var first = _plane.Run(capped);
        await _plane.DeliverAsync(first, await _plane.SucceedAsync(first));

        Assert.Equal(
            [RunState.Succeeded, RunState.Starting, RunState.Pending],
            new[] { "a", "b", "c" }.Select(name => _plane.Run(capped, name).State));
        Assert.Equal([_plane.Run(capped, "b").LaunchId], await _plane.HoldersAsync(capped));
    }
}
