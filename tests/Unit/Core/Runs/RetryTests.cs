using Jobs.Core;
using Jobs.Core.Definitions;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Core.Runs;

/// <summary>A job's own retry rules, and the ladder from Spot to on demand, on the engine.</summary>
public sealed class RetryTests
{
    private static readonly JobDefinition Job = TestPlane.Job();

    private readonly TestPlane _plane = new(Job);

    [Fact]
    public async Task Error_type_that_is_not_to_be_repeated_fails_at_once_and_says_by_whose_rule()
    {
        var job = With(never: new RetryMatch { ErrorTypes = ["Exception"] });
        await _plane.SubmitAsync(job);

        var run = await _plane.DeliverAsync(_plane.Run(job), await _plane.FailAsync(_plane.Run(job)));

        Assert.Equal((RunState.Failed, 1, VerdictAction.GiveUp), (run!.State, run.Attempt, run.Verdict!.Action));
        Assert.Contains("NonRetryable rules forbid to repeat it", run.Verdict.NextStep, StringComparison.Ordinal);
        Assert.Single(_plane.Alerts.Published);
    }

    [Fact]
    public async Task Error_that_the_job_calls_hopeless_is_repeated_only_when_it_is_named()
    {
        var all = With(
            again: new RetryMatch { Classes = [VerdictClass.JobFailed], ExitCodes = [WorkerExitCodes.JobFailed] });
        await _plane.SubmitAsync(all, "all");
        var hopeless = await _plane.FailAsync(_plane.Run(all, "all"), retryable: false);
        Assert.Equal(RunState.Failed, (await _plane.DeliverAsync(_plane.Run(all, "all"), hopeless))!.State);

        var named = With(again: new RetryMatch { ErrorTypes = ["System.Exception"] });
        await _plane.SubmitAsync(named, "named");
        hopeless = await _plane.FailAsync(_plane.Run(named, "named"), retryable: false);
        Assert.Equal(2, (await _plane.DeliverAsync(_plane.Run(named, "named"), hopeless))!.Attempt);
    }

    [Fact]
    public async Task Timed_out_attempt_is_repeated_when_a_rule_says_so_until_the_attempts_are_spent()
    {
        var job = With(again: new RetryMatch { Classes = [VerdictClass.TimedOut] }) with { HasHost = false };
        await _plane.SubmitAsync(job);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var run = await _plane.Engine.ApplyAsync(
                _plane.Run(job).Id, reading => new Fact.TimedOut(reading.Run.Launch), CancellationToken.None);
            Assert.Equal((RunState.Stopping, attempt), (run!.State, run.Attempt));
            await _plane.DeliverAsync(run, _plane.Tasks.End(_plane.TaskOf(run).TaskArn, 143));
            await _plane.TickAsync(TimeSpan.FromMinutes(2));
        }

        Assert.Equal(RunState.TimedOut, _plane.Run(job).State);
        Assert.Single(_plane.Alerts.Published);
    }

    [Fact]
    public async Task Exit_code_of_a_task_that_we_stopped_is_not_the_jobs()
    {
        var job = With(again: new RetryMatch { ExitCodes = [143] }) with { HasHost = false };
        await _plane.SubmitAsync(job);
        var run = await _plane.Engine.ApplyAsync(
            _plane.Run(job).Id, reading => new Fact.TimedOut(reading.Run.Launch), CancellationToken.None);

        Assert.Equal(
            RunState.TimedOut,
            (await _plane.DeliverAsync(run!, _plane.Tasks.End(_plane.TaskOf(run!).TaskArn, 143)))!.State);
    }

    [Fact]
    public async Task Interruption_is_free_whatever_the_rules_say()
    {
        var job = With(never: new RetryMatch { ExitCodes = [75, 143] });
        await _plane.SubmitAsync(job);
        var run = _plane.Run(job);

        var after = await _plane.DeliverAsync(
            run,
            _plane.Tasks.End(
                _plane.TaskOf(run).TaskArn,
                75,
                "TerminationNotice",
                "ECS is performing maintenance on the underlying infrastructure hosting the task."));

        Assert.Equal((RunState.Starting, 2, 1, 1), (after!.State, after.Launch, after.Attempt, after.Interruptions));
    }

    [Fact]
    public async Task Rules_travel_with_the_run_when_a_deployment_changes_them()
    {
        var job = With(never: new RetryMatch { ErrorTypes = ["Exception"] });
        await _plane.SubmitAsync(job);
        _plane.Deploy(Job);

        Assert.Equal(
            RunState.Failed,
            (await _plane.DeliverAsync(_plane.Run(job), await _plane.FailAsync(_plane.Run(job))))!.State);
    }

    [Fact]
    public async Task Spot_without_capacity_gives_way_to_on_demand_and_is_tried_again_by_the_next_attempt()
    {
        var job = Job with { Spot = true };
        _plane.Tasks.RefuseNext(RefusalVerdicts.Classify("Capacity is unavailable at this time", null));
        _plane.Tasks.RefuseNext(RefusalVerdicts.Classify("ThrottlingException", "Rate exceeded"));
        await _plane.SubmitAsync(job);
        await _plane.TickAsync(TimeSpan.FromSeconds(30));
        await _plane.TickAsync(TimeSpan.FromSeconds(30));
        var run = _plane.Run(job);
        Assert.Equal((3, false), (run.Launch, _plane.TaskOf(run).Launch.Spot));

        await _plane.DeliverAsync(run, await _plane.FailAsync(run));
        await _plane.TickAsync(TimeSpan.FromSeconds(30));

        Assert.True(_plane.TaskOf(_plane.Run(job)).Launch.Spot);
        Assert.False(Assert.Single(await _plane.Store.AttemptsAsync(run.Id, CancellationToken.None)).Spot);
    }

    [Fact]
    public async Task Spot_that_was_only_throttled_stays_spot()
    {
        var job = Job with { Spot = true };
        _plane.Tasks.RefuseNext(RefusalVerdicts.Classify("ThrottlingException", "Rate exceeded"));
        await _plane.SubmitAsync(job);
        await _plane.TickAsync(TimeSpan.FromSeconds(30));

        Assert.Equal((2, true), (_plane.Run(job).Launch, _plane.TaskOf(_plane.Run(job)).Launch.Spot));
    }

    private static JobDefinition With(RetryMatch? never = null, RetryMatch? again = null) =>
        Job with { Retry = new RetryPolicy { NonRetryable = never, Retryable = again } };
}
