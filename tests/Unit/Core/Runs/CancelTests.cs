using Jobs.Core.Definitions;
using Jobs.Core.Runs;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Core.Runs;

/// <summary>A request to cancel, wherever the run stands.</summary>
public sealed class CancelTests
{
    private static readonly JobDefinition Job = TestPlane.Job(cap: 1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TestPlane _plane = new(Job);

    [Fact]
    public async Task Run_that_there_is_not_cannot_be_cancelled() =>
        Assert.Equal(CancelAnswer.NoSuchRun, await CancelAsync("absent"));

    [Fact]
    public async Task Run_that_is_over_stays_as_it_is()
    {
        await _plane.SubmitAsync(Job);
        var over = await _plane.DeliverAsync(_plane.Run(Job), await _plane.SucceedAsync(_plane.Run(Job)));

        Assert.Equal(CancelAnswer.AlreadyOver, await CancelAsync());
        Assert.Same(over, _plane.Run(Job));
    }

    [Fact]
    public async Task Waiting_run_is_over_at_once_and_never_launched()
    {
        await _plane.SubmitAsync(Job, "holder");
        await _plane.SubmitAsync(Job);

        Assert.Equal(CancelAnswer.Cancelled, await CancelAsync());
        Assert.Equal(CancelAnswer.AlreadyOver, await CancelAsync());
        var holder = _plane.Run(Job, "holder");
        await _plane.DeliverAsync(holder, await _plane.SucceedAsync(holder));
        await _plane.TickAsync(Minute);

        Assert.Equal(RunState.Cancelled, _plane.Run(Job).State);
        Assert.Single(_plane.Tasks.All);
        Assert.Empty(_plane.Alerts.Published);
    }

    [Fact]
    public async Task Starting_run_whose_task_is_known_is_stopped()
    {
        await _plane.SubmitAsync(Job);

        await StopAndEndAsync();
    }

    [Fact]
    public async Task Starting_run_whose_answer_was_lost_finds_its_task_and_stops_it()
    {
        _plane.Tasks.LoseNextAnswer();
        await _plane.SubmitAsync(Job);

        await StopAndEndAsync();
    }

    [Fact]
    public async Task Starting_run_that_was_never_sent_is_not_sent_any_more_and_ends_when_ecs_is_sure()
    {
        _plane.Tasks.LoseNextRequest();
        await _plane.SubmitAsync(Job);

        Assert.Equal(CancelAnswer.Stopping, await CancelAsync());
        for (var minute = 0; minute < 6; minute++) await _plane.TickAsync(Minute);

        Assert.Equal(RunState.Cancelled, _plane.Run(Job).State);
        Assert.Empty(_plane.Tasks.All);
        Assert.Empty(await _plane.HoldersAsync(Job));
    }

    [Fact]
    public async Task Running_run_is_stopped_and_keeps_what_its_worker_recorded()
    {
        await _plane.SubmitAsync(Job);
        var run = _plane.Run(Job);
        await _plane.ClaimAsync(run);
        _plane.Clock.Advance(RunTimings.Check);
        await _plane.Workers.HeartbeatAsync(
            run.LaunchId, _plane.Clock.GetUtcNow(), new(0.25, "row 7"), CancellationToken.None);
        await _plane.SweepAsync();
        Assert.Equal(RunState.Running, _plane.Run(Job).State);

        Assert.Equal(CancelAnswer.Stopping, await CancelAsync());
        Assert.Contains("was cancelled", _plane.TaskOf(run).StopReason, StringComparison.Ordinal);
        await _plane.CompleteAsync(run, new(75) { LogTail = ["row 7"] });
        await _plane.DeliverAsync(run, _plane.Tasks.End(_plane.TaskOf(run).TaskArn, 75));

        Assert.Equal(RunState.Cancelled, _plane.Run(Job).State);
        var attempt = Assert.Single(await _plane.Store.AttemptsAsync(run.Id, CancellationToken.None));
        Assert.Equal(
            (VerdictClass.Cancelled, "row 7", 75),
            (attempt.Verdict.Class, attempt.Progress!.Message, attempt.ExitCode));
        Assert.Equal(["row 7"], attempt.LogTail);
        Assert.Empty(_plane.Alerts.Published);
    }

    [Fact]
    public async Task Result_wins_over_a_late_cancel()
    {
        await _plane.SubmitAsync(Job);
        var run = _plane.Run(Job);
        Assert.Equal(CancelAnswer.Stopping, await CancelAsync());

        Assert.Equal(RunState.Succeeded, (await _plane.DeliverAsync(run, await _plane.SucceedAsync(run)))!.State);
    }

    [Fact]
    public async Task Retry_that_was_waiting_is_cancelled_with_the_attempt_kept()
    {
        await _plane.SubmitAsync(Job);
        await _plane.DeliverAsync(_plane.Run(Job), await _plane.FailAsync(_plane.Run(Job)));

        Assert.Equal(CancelAnswer.Cancelled, await CancelAsync());
        Assert.Equal(
            VerdictClass.JobFailed,
            Assert.Single(await _plane.Store.AttemptsAsync(_plane.Run(Job).Id, CancellationToken.None)).Verdict.Class);
    }

    [Theory]
    [InlineData(StopCause.HeartbeatLost, true)]
    [InlineData(StopCause.NeverStarted, true)]
    [InlineData(StopCause.TimedOut, false)]
    [InlineData(StopCause.RunTimedOut, false)]
    public void Run_that_is_being_stopped_is_cancelled_only_if_it_would_be_repeated(StopCause cause, bool cancelled)
    {
        var run = Sample.In(RunState.Stopping) with { StopCause = cause };

        Assert.Equal(
            cancelled ? StopCause.Cancelled : cause,
            RunLifecycle.Apply(run, new Fact.CancelRequested(), Sample.Now).StopCause);
    }

    [Fact]
    public void Timed_out_attempt_that_a_rule_would_repeat_is_cancelled()
    {
        var policy = Sample.Policy with { Retryable = new RetryMatch { Classes = [VerdictClass.TimedOut] } };
        var run = Sample.In(RunState.Stopping) with { StopCause = StopCause.TimedOut, Policy = policy };

        Assert.Equal(StopCause.Cancelled, RunLifecycle.Apply(run, new Fact.CancelRequested(), Sample.Now).StopCause);
    }

    private async Task StopAndEndAsync()
    {
        Assert.Equal(CancelAnswer.Stopping, await CancelAsync());
        Assert.Equal(CancelAnswer.Stopping, await CancelAsync());
        var run = _plane.Run(Job);
        Assert.Contains("was cancelled", _plane.TaskOf(run).StopReason, StringComparison.Ordinal);
        await _plane.DeliverAsync(run, _plane.Tasks.End(_plane.TaskOf(run).TaskArn, 143));

        Assert.Equal(RunState.Cancelled, _plane.Run(Job).State);
        Assert.Empty(await _plane.HoldersAsync(Job));
    }

    private Task<CancelAnswer> CancelAsync(string name = "a") =>
        _plane.Engine.CancelAsync(TestPlane.IdOf(Job, name), null, CancellationToken.None);
}
