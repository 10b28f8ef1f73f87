using Jobs.Core;
using Jobs.Core.Commands;
using Jobs.Core.Definitions;
using Jobs.Core.Messages;
using Jobs.Core.Runs;
using Jobs.Core.Workers;

namespace Jobs.Tests.Unit.Core.Runs;

/// <summary>What a run is called by its sender, its job's declaration and its job's code.</summary>
public sealed class RunLabelTests
{
    private static readonly JobDefinition Job = TestPlane.Job() with { Labels = ["team=billing", "tier=1"] };

    private readonly TestPlane _plane = new(Job);

    [Fact]
    public async Task Declared_labels_are_on_every_run_but_where_its_sender_gives_another()
    {
        await _plane.SubmitAsync(Job);
        await _plane.Engine.SubmitAsync(Request("b") with { Labels = ["team=sales"] }, Job, CancellationToken.None);
        await _plane.Engine.SkipAsync(Request("c"), Job, "Paused.", "Nothing.", CancellationToken.None);
        await _plane.Engine.SubmitArrayAsync(Request("d"), Job, new ArrayWork("k", 2, 1), CancellationToken.None);

        Assert.Equal(["team=billing", "tier=1"], _plane.Run(Job).Labels.ToArray());
        Assert.Equal(["team=sales", "tier=1"], _plane.Run(Job, "b").Labels.ToArray());
        Assert.Equal(["team=billing", "tier=1"], _plane.Run(Job, "c").Labels.ToArray());
        Assert.Equal(["team=billing", "tier=1"], _plane.Run(Job, "d").Labels.ToArray());
    }

    [Theory]
    [InlineData(WorkerExitCodes.Succeeded, RunState.Succeeded)]
    [InlineData(WorkerExitCodes.JobFailed, RunState.Failed)]
    [InlineData(WorkerExitCodes.AwaitingChildren, RunState.AwaitingChildren)]
    [InlineData(WorkerExitCodes.Interrupted, RunState.Pending)]
    public void Labels_that_the_job_adds_come_with_the_end_whatever_it_is(int exitCode, RunState state)
    {
        var running = Sample.In(RunState.Running) with { Labels = ["order=1", "team=billing"] };
        var worker = Noted(exitCode, "customer=acme", "order=2");

        var stopped = RunLifecycle.Apply(
            running, new Fact.TaskStopped(3, Sample.Stopped(Sample.Task1, exitCode), worker), Sample.Now);
        var missing = RunLifecycle.Apply(running, new Fact.TaskMissing(3, worker), Sample.Now);

        Assert.Equal((state, state), (stopped.State, missing.State));
        Assert.Equal(["customer=acme", "order=2", "team=billing"], stopped.Labels.ToArray());
        Assert.Equal(stopped.Labels.ToArray(), missing.Labels.ToArray());
    }

    [Fact]
    public void Record_of_an_earlier_launch_adds_nothing()
    {
        var running = Sample.In(RunState.Running) with { Labels = ["order=1"] };
        var earlier = Noted(WorkerExitCodes.Succeeded, "order=2") with { Launch = 2 };

        var next = RunLifecycle.Apply(
            running, new Fact.TaskStopped(3, Sample.Stopped(Sample.Task1, 0), earlier), Sample.Now);

        Assert.NotSame(running, next);
        Assert.Equal(["order=1"], next.Labels.ToArray());
    }

    [Fact]
    public async Task Labels_of_the_job_cost_no_further_call_and_a_retry_keeps_them()
    {
        await _plane.SubmitAsync(Job);
        var run = _plane.Run(Job);
        await _plane.ClaimAsync(run);
        await _plane.CompleteAsync(run, new(0) { ResultJson = "{}", Labels = ["rows=7"] });
        await _plane.DeliverAsync(run, _plane.Tasks.End(_plane.TaskOf(run).TaskArn, 0));

        Assert.Equal(["rows=7", "team=billing", "tier=1"], _plane.Run(Job).Labels.ToArray());
        Assert.Equal(["CreateAsync", "LaunchAsync", "ReadAsync", "SaveAsync"], _plane.Faults.Calls);

        await _plane.Commands.HandleAsync(
            $$"""{"command":"retry","id":"again","run":"{{run.Id}}"}""", Sender.Unknown, mayWait: false, default);
        var retry = _plane.Store.Find(new Command.Retry("again", run.Id).NewRun)!;
        Assert.Equal(["rows=7", "team=billing", "tier=1"], retry.Labels.ToArray());
    }

    private static RunRequest Request(string name) => new(TestPlane.IdOf(Job, name), "manual", "{}");

    private static WorkerRecord Noted(int exitCode, params string[] labels) => Sample.Record(3, Sample.Task1) with
    {
        ExitCode = exitCode,
        ResultJson = exitCode == 0 ? "{}" : null,
        Error = exitCode == WorkerExitCodes.JobFailed ? new WorkerError("T", "m", null, false) : null,
        Children = exitCode == WorkerExitCodes.AwaitingChildren ? 2 : null,
        Labels = [.. labels],
    };
}
