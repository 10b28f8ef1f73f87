using Jobs.Core.Engine;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Core.Workers;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Core.Metrics;

/// <summary>Which figures the control plane gives, and that it gives each once.</summary>
public sealed class RunMetricsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Success_is_one_end_with_its_times_and_what_its_task_cost()
    {
        var job = TestPlane.Job();
        var plane = new TestPlane(job);
        await plane.SubmitAsync(job);
        plane.Clock.Advance(40 * Second);
        await plane.ClaimAsync(plane.Run(job));
        plane.Clock.Advance(90 * Second);
        await plane.CompleteAsync(plane.Run(job), new WorkerOutcome(0) { ResultJson = "{}" });
        await plane.DeliverAsync(plane.Run(job), plane.Tasks.End(plane.TaskOf(plane.Run(job)).TaskArn, 0));

        var end = Assert.Single(plane.Metrics.Ends);
        Assert.Equal(
            (plane.Run(job).Id, 1, RunState.Succeeded, VerdictClass.Succeeded),
            (end.Run, end.Attempt, end.Outcome, end.Verdict));
        Assert.Equal((40 * Second, 90 * Second), (end.Waited, end.Ran));
        Assert.InRange(end.Dollars!.Value, 0.0002m, 0.001m);
        Assert.Equal("upload incoming/*", end.Trigger);
        Assert.Equal("line-count", Assert.Single(plane.Metrics.Launches));
    }

    [Fact]
    public async Task Event_that_arrives_twice_is_one_end()
    {
        var job = TestPlane.Job();
        var plane = new TestPlane(job);
        await plane.SubmitAsync(job);
        var run = plane.Run(job);
        var stopped = await plane.SucceedAsync(run);

        await Task.WhenAll(plane.DeliverAsync(run, stopped), plane.DeliverAsync(run, stopped));
        await plane.DeliverAsync(run, stopped);

        Assert.Single(plane.Metrics.Ends);
    }

    [Fact]
    public async Task Attempt_that_is_repeated_has_its_cost_and_only_the_first_has_waited()
    {
        var job = TestPlane.Job() with { Retry = new RetryPolicy { Attempts = 2 } };
        var plane = new TestPlane(job);
        await plane.SubmitAsync(job);
        await plane.DeliverAsync(plane.Run(job), await plane.FailAsync(plane.Run(job)));
        await plane.TickAsync(TimeSpan.FromMinutes(5));
        await plane.DeliverAsync(plane.Run(job), await plane.FailAsync(plane.Run(job)));

        var (first, last) = (plane.Metrics.Ends.First(), plane.Metrics.Ends.Last());
        Assert.Equal(2, plane.Metrics.Ends.Count);
        Assert.Equal((1, null, VerdictClass.JobFailed), (first.Attempt, first.Outcome, first.Verdict));
        Assert.Equal((2, RunState.Failed, VerdictClass.JobFailed), (last.Attempt, last.Outcome, last.Verdict));
        Assert.NotNull(first.Waited);
        Assert.Null(last.Waited);
        Assert.All(plane.Metrics.Ends, end => Assert.True(end.Dollars > 0 && end.Ran is not null));
        Assert.Equal(2, plane.Metrics.Launches.Count);
    }

    [Fact]
    public async Task Run_that_never_had_a_task_ends_without_times_and_cost()
    {
        var job = TestPlane.Job();
        var plane = new TestPlane(job);
        var run = await plane.WaitAsync(job, "a", notBefore: plane.Clock.GetUtcNow().AddDays(1));

        await plane.CancelAsync(run);
        await plane.CancelAsync(run);

        var end = Assert.Single(plane.Metrics.Ends);
        Assert.Equal(RunState.Cancelled, end.Outcome);
        Assert.Equal((null, null, null), (end.Waited, end.Ran, end.Dollars));
    }

    [Fact]
    public async Task Skipped_run_counts_when_it_is_made_and_not_when_it_is_asked_for_again()
    {
        var job = TestPlane.Job();
        var plane = new TestPlane(job);
        var request = new RunRequest(TestPlane.IdOf(job), "schedule nightly", "{}");

        foreach (var _ in (int[])[1, 2]) await plane.Engine.SkipAsync(request, job, "The last one runs.", "", default);

        Assert.Equal(RunState.Skipped, Assert.Single(plane.Metrics.Ends).Outcome);
    }

    [Fact]
    public async Task Refusal_counts_by_its_reason_and_is_no_launch()
    {
        var job = TestPlane.Job();
        var plane = new TestPlane(job);
        plane.Tasks.RefuseNext(
            new Verdict(VerdictClass.CapacityUnavailable, VerdictAction.Retry, "No capacity.", "Wait."));

        await plane.SubmitAsync(job);

        Assert.Equal(("line-count", VerdictClass.CapacityUnavailable), Assert.Single(plane.Metrics.Refusals));
        Assert.Empty(plane.Metrics.Launches);
        Assert.Empty(plane.Metrics.Ends);
    }

    [Fact]
    public async Task Dispatcher_says_how_many_wait_and_nothing_when_none_does()
    {
        var job = TestPlane.Job();
        var plane = new TestPlane(job);

        await plane.DispatchAsync();
        Assert.Empty(plane.Metrics.WaitingRuns);

        foreach (var name in (string[])["a", "b", "c"]) await plane.WaitAsync(job, name);
        await plane.DispatchAsync();
        Assert.Equal(3, Assert.Single(plane.Metrics.WaitingRuns));
    }
}
