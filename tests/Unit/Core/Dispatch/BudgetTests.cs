using Jobs.Core;
using Jobs.Core.Definitions;
using Jobs.Core.Dispatch;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Core.Dispatch;

public sealed class BudgetTests
{
    private static readonly JobDefinition Small = new("small") { Cpu = 256 };
    private static readonly JobDefinition Large = new("large") { Cpu = 1_024, MemoryMiB = 2_048 };

    [Fact]
    public async Task Only_the_dispatcher_launches()
    {
        var plane = Plane(Small);
        await plane.SubmitAsync(Small);
        Assert.True(plane.Run(Small).IsWaiting);
        Assert.Empty(plane.Tasks.All);
        Assert.True(plane.Engine.TakeLeftWaiting());

        Assert.Equal(1, await plane.DispatchAsync());

        Assert.True(plane.Run(Small).Budgeted);
        Assert.Single(plane.Tasks.All);
    }

    [Fact]
    public async Task End_of_a_task_leaves_its_capacity_to_a_dispatcher()
    {
        var plane = Plane(Small);
        await plane.SubmitAsync(Small);
        await plane.DispatchAsync();
        plane.Engine.TakeLeftWaiting();

        await plane.DeliverAsync(plane.Run(Small), await plane.SucceedAsync(plane.Run(Small)));

        Assert.True(plane.Engine.TakeLeftWaiting());
        Assert.False(plane.Engine.TakeLeftWaiting());
    }

    [Fact]
    public async Task Dispatcher_launches_what_fits_and_lets_no_run_past_the_first_that_does_not()
    {
        var plane = Plane(Small, Large);
        await plane.WaitAsync(Small, "0");
        await plane.WaitAsync(Large, "large");
        for (var i = 1; i < 4; i++) await plane.WaitAsync(Small, $"{i}");

        await plane.DispatchAsync(seconds: 5);
        Assert.Equal((0, 1), (Launched(plane, Small, 4), plane.Run(Large, "large").Launch));

        await plane.DeliverAsync(plane.Run(Large, "large"), await plane.SucceedAsync(plane.Run(Large, "large")));
        await plane.DispatchAsync(seconds: 5);
        Assert.Equal(4, Launched(plane, Small, 4));
    }

    [Fact]
    public async Task What_another_dispatcher_launched_counts()
    {
        var plane = Plane(Small);
        for (var i = 0; i < 6; i++) await plane.WaitAsync(Small, $"{i}");

        await plane.DispatchAsync(seconds: 5, holder: "first");
        await plane.DispatchAsync(seconds: 5, holder: "second");

        Assert.Equal(4, plane.Tasks.All.Count);
    }

    [Fact]
    public async Task What_the_index_does_not_show_yet_counts()
    {
        var plane = Plane(Small);
        for (var i = 0; i < 6; i++) await plane.WaitAsync(Small, $"{i}");
        plane.Store.IndexIsHeld = true;

        await plane.DispatchAsync(seconds: 5);

        Assert.Equal(4, plane.Tasks.All.Count);
    }

    [Fact]
    public async Task Run_larger_than_the_whole_budget_has_its_turn_when_nothing_else_runs()
    {
        var huge = Large with { Cpu = 4_096 };
        var plane = Plane(huge, Small);
        await plane.WaitAsync(Small, "running");
        await plane.DispatchAsync(seconds: 5);
        await plane.WaitAsync(huge, "huge");
        await plane.DispatchAsync(seconds: 5);
        Assert.True(plane.Run(huge, "huge").IsWaiting);

        await plane.DeliverAsync(plane.Run(Small, "running"), await plane.SucceedAsync(plane.Run(Small, "running")));
        await plane.DispatchAsync(seconds: 5);

        Assert.Equal(RunState.Starting, plane.Run(huge, "huge").State);
    }

    [Fact]
    public async Task Launch_whose_answer_was_lost_keeps_its_share()
    {
        var plane = Plane(Large);
        await plane.WaitAsync(Large, "first");
        plane.Clock.Advance(TimeSpan.FromSeconds(1));
        await plane.WaitAsync(Large, "second");
        Run? lost = null;
        plane.Faults.Before = call =>
        {
            if (call != nameof(IRunStore.SaveAsync) || lost is not null) return;
            // The first request arrives, and its repetition finds the run changed.
            lost = plane.Run(Large, "first");
            var permit = new LaunchPermit(Slot: null, Budgeted: true);
            plane.Store.SaveAsync(
                RunLifecycle.Apply(lost, new Fact.Dispatched(permit), plane.Clock.GetUtcNow()), default)
                .Wait();
        };

        Assert.Equal(0, await plane.DispatchAsync(seconds: 30));

        Assert.Equal(
            (RunState.Starting, true), (plane.Run(Large, "first").State, plane.Run(Large, "second").IsWaiting));
    }

    [Fact]
    public async Task Budget_that_is_in_use_costs_no_launches()
    {
        var plane = Plane(Large);
        await plane.WaitAsync(Large, "running");
        await plane.DispatchAsync(seconds: 5);
        for (var i = 0; i < 50; i++) await plane.WaitAsync(Large, $"{i}");
        var before = plane.Faults.Calls.Count;

        Assert.Equal(0, await plane.DispatchAsync());

        Assert.Equal(["WaitingAsync", "CpuInUseAsync"], plane.Faults.Calls.Skip(before));
    }

    [Fact]
    public async Task Next_phase_of_a_parent_waits_for_the_dispatcher_too()
    {
        var plane = Plane(Small);
        await plane.SubmitAsync(Small);
        await plane.DispatchAsync(seconds: 5);
        var run = plane.Run(Small);
        await plane.ClaimAsync(run);
        await plane.CompleteAsync(run, new(80) { Children = 1 });
        await plane.DeliverAsync(run, plane.Tasks.End(plane.TaskOf(run).TaskArn, WorkerExitCodes.AwaitingChildren));
        Assert.Equal(RunState.AwaitingChildren, plane.Run(Small).State);

        await plane.Engine.ApplyAsync(run.Id, _ => new Fact.ChildrenEnded(), CancellationToken.None);
        Assert.True(plane.Run(Small).IsWaiting);
        Assert.Equal(1, await plane.DispatchAsync(seconds: 5));
    }

    private static int Launched(TestPlane plane, JobDefinition job, int count) =>
        Enumerable.Range(0, count).Count(i => plane.Run(job, $"{i}").Launch > 0);

    private static TestPlane Plane(params JobDefinition[] jobs) => new(1_024, null, jobs);
}
