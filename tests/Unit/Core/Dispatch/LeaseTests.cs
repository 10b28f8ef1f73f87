using Jobs.Core.Definitions;
using Jobs.Core.Dispatch;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Core.Dispatch;

public sealed class LeaseTests
{
    private static readonly JobDefinition Job = TestPlane.Job();

    private readonly TestPlane _plane = new(Job);

    [Fact]
    public async Task Impatient_dispatcher_leaves_the_work_to_the_holder()
    {
        await _plane.WaitAsync(Job, "a");
        await HoldAsync("other", TimeSpan.FromSeconds(15));

        Assert.Equal(0, await _plane.DispatchAsync(patient: false));

        Assert.Equal("other", _plane.Lease.Holder);
        Assert.Empty(_plane.Tasks.All);
    }

    [Fact]
    public async Task Patient_dispatcher_takes_over_when_a_dead_holders_lease_expires()
    {
        await _plane.WaitAsync(Job, "a");
        await HoldAsync("dead", TimeSpan.FromSeconds(15));
        var start = _plane.Clock.GetUtcNow();

        Assert.Equal(1, await _plane.DispatchAsync());

        Assert.InRange((Assert.Single(_plane.Tasks.All).StartedAt - start).TotalSeconds, 15, 16.1);
    }

    [Fact]
    public async Task Patient_dispatcher_gives_up_with_its_time()
    {
        await _plane.WaitAsync(Job, "a");
        await HoldAsync("other", TimeSpan.FromHours(1));

        Assert.Equal(0, await _plane.DispatchAsync(seconds: 5));

        Assert.Empty(_plane.Tasks.All);
    }

    [Fact]
    public async Task Dispatcher_that_lost_its_lease_stops()
    {
        for (var i = 0; i < 500; i++) await _plane.WaitAsync(Job, $"{i}");
        var taken = false;
        _plane.Faults.Before = call =>
        {
            // Frozen for longer than the lease lives, it finds that another process has taken it.
            if (call != "KeepAsync" || taken) return;
            taken = true;
            _plane.Clock.Advance(TimeSpan.FromSeconds(15));
            HoldAsync("other", TimeSpan.FromSeconds(15)).GetAwaiter().GetResult();
        };

        var sent = await _plane.DispatchAsync();

        Assert.True(taken);
        Assert.InRange(sent, 100, 220);
        Assert.Equal("other", _plane.Lease.Holder);
        Assert.Equal(500 - sent, _plane.Store.All.Count(run => run.IsWaiting));
    }

    [Fact]
    public async Task Lease_is_kept_for_as_long_as_there_is_work()
    {
        for (var i = 0; i < 900; i++) await _plane.WaitAsync(Job, $"{i}");

        await _plane.DispatchAsync();

        Assert.InRange(_plane.Faults.Calls.Count(call => call == "KeepAsync"), 7, 9);
        Assert.Equal(900, _plane.Tasks.All.Count);
    }

    [Fact]
    public async Task Two_dispatchers_at_once_launch_no_run_twice()
    {
        for (var i = 0; i < 150; i++) await _plane.WaitAsync(Job, $"{i}");
        // The index shows both the same queue, and both believe to hold the lease.
        _plane.Store.IndexIsHeld = true;
        var first = _plane.DispatchAsync(holder: "first");
        await _plane.Lease.ReleaseAsync("first", new Pacing(100, _plane.Clock.GetUtcNow()), CancellationToken.None);
        var second = _plane.DispatchAsync(holder: "second");

        await Task.WhenAll(first, second);

        Assert.Equal(150, _plane.Tasks.All.Select(task => task.Launch.Id.Run).Distinct().Count());
        Assert.Equal(150, _plane.Tasks.All.Count);
        Assert.All(_plane.Store.All, run => Assert.Equal((RunState.Starting, 1), (run.State, run.Launch)));
    }

    private async Task HoldAsync(string holder, TimeSpan time)
    {
        var now = _plane.Clock.GetUtcNow();
        Assert.NotNull(await _plane.Lease.TakeAsync(holder, now, now + time, CancellationToken.None));
    }
}
