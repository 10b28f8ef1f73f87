using Jobs.Core.Definitions;
using Jobs.Core.Dispatch;
using Jobs.Core.InMemory;
using Jobs.Core.Runs;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Core.Dispatch;

public sealed class BudgetTests
{
    private static readonly JobDefinition Small = new("small") { Cpu = 256 };
    private static readonly JobDefinition Large = new("large") { Cpu = 1_024, MemoryMiB = 2_048 };
    private static readonly JobDefinition Capped = Small with { MaxConcurrent = 5 };

    private readonly InMemoryVcpuBudget _budget = new(1_024);

    [Fact]
    public async Task Run_takes_its_share_before_its_launch_and_gives_it_back_with_its_slot()
    {
        var plane = Plane(Capped);
        await plane.SubmitAsync(Capped);
        Assert.Equal((256, plane.Run(Capped).LaunchId), (await UseAsync(), (await _budget.ReadAsync(CancellationToken.None)).Holders.Single()));

        await plane.DeliverAsync(plane.Run(Capped), await plane.SucceedAsync(plane.Run(Capped)));

        Assert.Equal(0, await UseAsync());
        Assert.Empty(plane.Run(Capped).Owed);
        Assert.Equal(
            ["CreateAsync", "AcquireAsync", "AcquireAsync", "LaunchAsync", "ReadAsync", "ReleaseAsync", "ReleaseAsync", "SaveAsync"], plane.Faults.Calls);
    }

    [Fact]
    public async Task Refused_share_gives_the_slot_back_and_is_no_alert()
    {
        var plane = Plane(Capped);
        for (var i = 0; i < 5; i++) await plane.SubmitAsync(Capped, $"{i}");

        var refused = plane.Run(Capped, "4");
        Assert.True(refused.IsWaiting);
        Assert.Null(refused.NotBefore);
        Assert.Equal(4, (await plane.Slots.HoldersAsync(Capped.Name, CancellationToken.None)).Count);
        Assert.Equal(4, plane.Tasks.All.Count);
        Assert.Empty(plane.Alerts.Published);
    }

    [Fact]
    public async Task Crash_between_the_refused_share_and_the_slot_is_healed()
    {
        var plane = Plane(Capped);
        for (var i = 0; i < 4; i++) await plane.SubmitAsync(Capped, $"{i}");
        plane.Faults.Before = call => { if (call == "ReleaseAsync") throw new HttpRequestException("DynamoDB is away."); };
        await Assert.ThrowsAsync<HttpRequestException>(() => plane.SubmitAsync(Capped, "4"));
        plane.Faults.Before = null;
        Assert.Equal(5, (await plane.Slots.HoldersAsync(Capped.Name, CancellationToken.None)).Count);

        for (var minute = 0; minute < 10; minute++) await plane.TickAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(4, (await plane.Slots.HoldersAsync(Capped.Name, CancellationToken.None)).Count);
        Assert.True(plane.Run(Capped, "4").IsWaiting);
    }

    [Fact]
    public async Task Freed_share_goes_to_the_run_of_any_job_that_has_waited_longest()
    {
        var plane = Plane(Large, Small);
        await plane.SubmitAsync(Large, "running");
        await plane.SubmitAsync(Small, "first");
        plane.Clock.Advance(TimeSpan.FromSeconds(1));
        await plane.SubmitAsync(Large, "second");

        await plane.DeliverAsync(plane.Run(Large, "running"), await plane.SucceedAsync(plane.Run(Large, "running")));

        Assert.Equal((RunState.Starting, RunState.Pending), (plane.Run(Small, "first").State, plane.Run(Large, "second").State));
    }

    [Fact]
    public async Task Dispatcher_launches_what_fits_and_lets_nobody_past_the_first_that_does_not()
    {
        var plane = Plane(Small, Large);
        await plane.WaitAsync(Small, "0", budgeted: true);
        await plane.WaitAsync(Large, "large", budgeted: true);
        for (var i = 1; i < 4; i++) await plane.WaitAsync(Small, $"{i}", budgeted: true);

        Assert.Equal(1, await plane.DispatchAsync());
        Assert.Equal(256, await UseAsync());

        await plane.DeliverAsync(plane.Run(Small, "0"), await plane.SucceedAsync(plane.Run(Small, "0")));
        await plane.DispatchAsync();
        Assert.Equal(["0", "1"], new[] { "0", "1", "2", "3" }.Where(name => plane.Run(Small, name).Launch > 0));
    }

    [Fact]
    public async Task Budget_that_is_in_use_costs_no_launches()
    {
        var plane = Plane(Large);
        await plane.SubmitAsync(Large, "running");
        for (var i = 0; i < 50; i++) await plane.WaitAsync(Large, $"{i}", budgeted: true);
        var before = plane.Faults.Calls.Count;

        Assert.Equal(0, await plane.DispatchAsync());

        Assert.Equal(["WaitingAsync", "ReadAsync"], plane.Faults.Calls.Skip(before));
    }

    [Fact]
    public async Task Run_larger_than_the_whole_budget_has_its_turn_when_nothing_else_runs()
    {
        var plane = Plane(Large, Small);
        var huge = Large with { Cpu = 4_096 };
        await plane.SubmitAsync(Small, "running");
        await plane.SubmitAsync(huge, "huge");
        Assert.True(plane.Run(huge, "huge").IsWaiting);

        await plane.DeliverAsync(plane.Run(Small, "running"), await plane.SucceedAsync(plane.Run(Small, "running")));

        Assert.Equal(RunState.Starting, plane.Run(huge, "huge").State);
        Assert.Equal(4_096, await UseAsync());
    }

    [Fact]
    public async Task Share_whose_holder_is_gone_is_healed()
    {
        var plane = Plane(Large);
        await _budget.AcquireAsync(new LaunchId(RunId.From(Large.Name, "dead"), 4), 1_024, CancellationToken.None);
        await plane.SubmitAsync(Large);
        Assert.True(plane.Run(Large).IsWaiting);

        await plane.TickAsync(TimeSpan.FromSeconds(1));
        await plane.TickAsync(TimeSpan.FromMinutes(1));

        Assert.Equal([plane.Run(Large).LaunchId], (await _budget.ReadAsync(CancellationToken.None)).Holders);
    }

    [Fact]
    public async Task Run_of_a_stack_without_a_budget_never_asks_one()
    {
        var plane = new TestPlane(Small);
        await plane.SubmitAsync(Small);
        await plane.DeliverAsync(plane.Run(Small), await plane.SucceedAsync(plane.Run(Small)));

        Assert.False(plane.Run(Small).Policy.Budgeted);
        Assert.DoesNotContain("AcquireAsync", plane.Faults.Calls);
        Assert.DoesNotContain("ReleaseAsync", plane.Faults.Calls);
    }

    private TestPlane Plane(params JobDefinition[] jobs) => new(_budget, null, jobs);

    private async Task<int> UseAsync() => (await _budget.ReadAsync(CancellationToken.None)).Used;
}
