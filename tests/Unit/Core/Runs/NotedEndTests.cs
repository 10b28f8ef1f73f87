using Jobs.Core;
using Jobs.Core.Definitions;
using Jobs.Core.Runs;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;
using Jobs.Core.Workers;

namespace Jobs.Tests.Unit.Core.Runs;

/// <summary>A worker that has noted its end, be it by children, is neither silent nor late.</summary>
public sealed class NotedEndTests
{
    private static readonly WorkerRecord Parent = Sample.Record(3, Sample.Task1) with
    {
        Children = 4,
        ExitCode = WorkerExitCodes.AwaitingChildren,
    };

    [Theory]
    [InlineData(StopCause.TimedOut)]
    [InlineData(StopCause.HeartbeatLost)]
    public void Parent_whose_stop_is_reported_late_awaits_its_children(StopCause cause)
    {
        var stopping = Sample.In(RunState.Stopping) with { StopCause = cause };

        var next = RunLifecycle.Apply(
            stopping,
            new Fact.TaskStopped(3, Sample.Stopped(Sample.Task1, WorkerExitCodes.AwaitingChildren), Parent),
            Sample.Now);

        // Nor is the next phase taken for one that is to stop.
        Assert.Equal((RunState.AwaitingChildren, 4, null), (next.State, next.Children, next.StopCause));
    }

    [Fact]
    public void Parent_whose_task_ecs_has_forgotten_awaits_its_children()
    {
        var next = RunLifecycle.Apply(Sample.In(RunState.Running), new Fact.TaskMissing(3, Parent), Sample.Now);

        Assert.Equal((RunState.AwaitingChildren, 4), (next.State, next.Children));
    }

    [Fact]
    public void Interruption_whose_task_ecs_has_forgotten_spends_no_attempt()
    {
        var running = Sample.In(RunState.Running);
        var told = Sample.Record(3, Sample.Task1) with { ExitCode = WorkerExitCodes.Interrupted };

        var next = RunLifecycle.Apply(running, new Fact.TaskMissing(3, told), Sample.Now);

        Assert.Equal((running.Attempt, running.Interruptions + 1), (next.Attempt, next.Interruptions));
        Assert.Equal(VerdictClass.Interrupted, next.Verdict!.Class);
    }

    [Fact]
    public void Task_that_claimed_the_launch_and_is_missing_counts_although_the_run_never_heard_of_it()
    {
        var unreported = Sample.In(RunState.Starting) with { TaskArn = null };

        var next = RunLifecycle.Apply(unreported, new Fact.TaskMissing(3, Sample.Record(3, Sample.Task1)), Sample.Now);

        Assert.Equal((unreported.Attempt + 1, unreported.Interruptions), (next.Attempt, next.Interruptions));
    }

    [Theory]
    [InlineData("children", WorkerExitCodes.AwaitingChildren)]
    [InlineData("error", WorkerExitCodes.JobFailed)]
    [InlineData("result", WorkerExitCodes.Succeeded)]
    [InlineData("nothing", WorkerExitCodes.Interrupted)]
    public async Task Sweep_does_not_take_a_worker_that_has_noted_its_end_for_silent(string noted, int exitCode)
    {
        var job = new JobDefinition("line-count") { TimeoutMinutes = 60 };
        var plane = new TestPlane(job);
        await plane.SubmitAsync(job);
        await plane.ClaimAsync(plane.Run(job));
        await plane.CompleteAsync(plane.Run(job), new WorkerOutcome(exitCode)
        {
            Children = noted == "children" ? 1 : null,
            Error = noted == "error" ? new WorkerError("T", "m", null, true) : null,
            ResultJson = noted == "result" ? "{}" : null,
        });

        for (var minute = 0; minute < 12; minute++) await plane.TickAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(RunState.Running, plane.Run(job).State);
    }
}
