using Jobs.Core;
using Jobs.Core.Definitions;
using Jobs.Core.Engine;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Core.Runs;

/// <summary>How far one sweep gets, what it asks, and what it does when calls fail or runs move meanwhile.</summary>
public sealed class SweepPageTests
{
    private static readonly JobDefinition Job = TestPlane.Job();

    private readonly TestPlane _plane = new(Job);

    [Fact]
    public async Task Run_that_is_not_due_is_left_alone()
    {
        await _plane.SubmitAsync(Job);

        Assert.Equal(0, await _plane.SweepAsync());
    }

    [Fact]
    public async Task Waiting_run_whose_time_as_a_whole_is_over_is_ended_although_its_turn_never_comes()
    {
        var limited = TestPlane.Job(cap: 1) with { RunTimeoutMinutes = 30 };
        _plane.Deploy(limited);
        await _plane.SubmitAsync(Job with { MaxConcurrent = 1 }, "holds the slot");
        await _plane.SubmitAsync(limited, "waits");
        Assert.True(_plane.Run(limited, "waits").IsWaiting);

        await _plane.TickAsync(TimeSpan.FromMinutes(29));
        Assert.True(_plane.Run(limited, "waits").IsWaiting);
        await _plane.TickAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(RunState.TimedOut, _plane.Run(limited, "waits").State);
    }

    [Fact]
    public async Task Sweep_without_time_looks_at_one_page()
    {
        for (var i = 0; i <= Sweep.PageSize; i++) await _plane.SubmitAsync(Job, $"{i}");
        _plane.Clock.Advance(RunTimings.Check);

        Assert.Equal(Sweep.PageSize, await _plane.Sweep.RunAsync(_plane.Clock.GetUtcNow(), CancellationToken.None));
    }

    [Fact]
    public async Task Page_that_the_index_goes_on_to_show_hides_nothing_behind_it()
    {
        for (var i = 0; i < Sweep.PageSize; i++) await _plane.SubmitAsync(Job, $"{i}");
        _plane.Clock.Advance(TimeSpan.FromSeconds(1));
        await _plane.SubmitAsync(Job, "behind");
        _plane.Clock.Advance(RunTimings.Check);
        _plane.Store.IndexIsHeld = true;

        Assert.Equal(Sweep.PageSize + 1, await _plane.SweepAsync());
    }

    [Fact]
    public async Task Ecs_is_asked_only_of_runs_that_may_have_a_task()
    {
        var over = Sample.In(RunState.Failed) with { Owed = [Effect.Alert], NextCheckAt = _plane.Clock.GetUtcNow() };
        await _plane.Store.CreateAsync(over, CancellationToken.None);

        Assert.Equal(1, await _plane.SweepAsync());
        Assert.DoesNotContain("DescribeAsync", _plane.Faults.Calls);
    }

    [Fact]
    public async Task Look_that_fails_is_told_after_all_others()
    {
        await _plane.SubmitAsync(Job, "a");
        await _plane.SubmitAsync(Job, "b");
        _plane.Clock.Advance(RunTimings.Check);
        var saves = 0;
        _plane.Faults.Before = call =>
        {
            if (call == "SaveAsync" && saves++ == 0) throw new HttpRequestException("DynamoDB is away.");
        };

        var failed = await Assert.ThrowsAsync<AggregateException>(_plane.SweepAsync);

        Assert.StartsWith("The sweep of 2 runs met 1 failures", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Task_of_which_ecs_did_not_answer_is_not_missed()
    {
        await _plane.SubmitAsync(Job);
        await _plane.ClaimAsync(_plane.Run(Job));
        await _plane.TickAsync(RunTimings.Check);
        Assert.Equal(RunState.Running, _plane.Run(Job).State);
        _plane.Clock.Advance(RunTimings.Check);
        _plane.Faults.Before = call => { if (call == "DescribeAsync") throw new HttpRequestException("ECS is away."); };

        await Assert.ThrowsAsync<AggregateException>(_plane.SweepAsync);

        Assert.Null(_plane.Run(Job).MissingSince);
    }

    [Fact]
    public async Task Answer_about_a_launch_that_is_over_meanwhile_is_not_taken_for_the_next_ones()
    {
        await _plane.SubmitAsync(Job);
        var run = _plane.Run(Job);
        await _plane.ClaimAsync(run);
        _plane.Clock.Advance(RunTimings.Check);
        var interrupted = _plane.Tasks.End(_plane.TaskOf(run).TaskArn, WorkerExitCodes.Interrupted);
        _plane.Faults.Before = call =>
        {
            if (call != "DescribeAsync") return;
            _plane.Faults.Before = null;
            _plane.DeliverAsync(run, interrupted).GetAwaiter().GetResult();
            _plane.Clock.Advance(RunTimings.FreeBackoff);
            _plane.DispatchAsync().GetAwaiter().GetResult();
        };

        await _plane.SweepAsync();

        Assert.Equal(
            (RunState.Starting, 2, 1), (_plane.Run(Job).State, _plane.Run(Job).Launch, _plane.Run(Job).Interruptions));
    }
}
