using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Core.Dispatch;

public sealed class DispatcherTests
{
    private static readonly JobDefinition Job = TestPlane.Job();
    private static readonly JobDefinition Other = new("photo-catalog");
    private static readonly Verdict Throttle = RefusalVerdicts.Classify("ThrottlingException", "Rate exceeded");

    private readonly TestPlane _plane = new(Job, Other);

    private IEnumerable<RunId> Launched => _plane.Tasks.All.Select(task => task.Launch.Id.Run);

    [Fact]
    public async Task Tick_with_nothing_waiting_ends_after_one_look_and_without_the_lease()
    {
        await _plane.SubmitAsync(Job);
        var before = _plane.Faults.Calls.Count;

        Assert.Equal(0, await _plane.DispatchAsync());

        Assert.Equal(["WaitingAsync"], _plane.Faults.Calls.Skip(before));
    }

    [Fact]
    public async Task Waiting_run_costs_its_write_and_its_launch()
    {
        await _plane.WaitAsync(Job, "a");

        Assert.Equal(1, await _plane.DispatchAsync());

        Assert.Equal(
            [
                "WaitingAsync", "TakeAsync", "SaveAsync", "LaunchAsync", "WaitingAsync", "ReleaseAsync",
            ], _plane.Faults.Calls);
        Assert.Equal((RunState.Starting, 1), (_plane.Run(Job).State, _plane.Run(Job).Launch));
        Assert.Null(_plane.Lease.Holder);
    }

    [Fact]
    public async Task Run_that_owes_only_an_alert_is_launched()
    {
        await _plane.WaitAsync(Job, "a");
        var run = _plane.Run(Job);
        var next = run with { Owed = [new Effect(EffectKind.AlertStuck)], Version = run.Version + 1 };
        Assert.True(await _plane.Store.SaveAsync(next, CancellationToken.None));

        Assert.Equal(1, await _plane.DispatchAsync());

        Assert.Equal(run.Id, Assert.Single(Launched));
    }

    [Fact]
    public async Task Backlog_is_launched_in_a_burst_and_then_at_the_rate()
    {
        for (var i = 0; i < 300; i++) await _plane.WaitAsync(Job, $"{i}");
        var start = _plane.Clock.GetUtcNow();

        Assert.Equal(300, await _plane.DispatchAsync());

        Assert.Equal(100, _plane.Tasks.All.Count(task => task.StartedAt == start));
        var seconds = (_plane.Clock.GetUtcNow() - start).TotalSeconds;
        Assert.InRange(200 / seconds, 19, 20);
    }

    [Fact]
    public async Task Unused_rate_of_the_time_between_two_dispatchers_is_used_after()
    {
        for (var i = 0; i < 300; i++) await _plane.WaitAsync(Job, $"{i}");
        Assert.Equal(100, await _plane.DispatchAsync(seconds: 0.01));
        _plane.Clock.Advance(TimeSpan.FromSeconds(3));

        // Three seconds at nineteen point eight: 59 tokens, and what these milliseconds add.
        Assert.InRange(await _plane.DispatchAsync(seconds: 0.02), 59, 60);
    }

    [Fact]
    public async Task Jobs_take_turns_however_long_the_queue_of_one_is()
    {
        for (var i = 0; i < 50; i++) await _plane.WaitAsync(Job, $"{i}");
        for (var i = 0; i < 3; i++) await _plane.WaitAsync(Other, $"{i}");

        await _plane.DispatchAsync();

        Assert.Equal(
            [Job.Name, Other.Name, Job.Name, Other.Name, Job.Name, Other.Name, Job.Name, Job.Name],
            Launched.Take(8).Select(id => id.Job));
    }

    [Fact]
    public async Task More_jobs_than_a_round_has_places_are_all_served()
    {
        var jobs = Enumerable.Range(0, 130).Select(i => new JobDefinition($"job-{i:000}")).ToArray();
        var plane = new TestPlane(jobs);
        foreach (var job in jobs)
        {
            for (var i = 0; i < 2; i++) await plane.WaitAsync(job, $"{i}");
        }

        await plane.DispatchAsync();

        Assert.Equal(jobs.Select(job => job.Name), plane.Tasks.All.Take(130).Select(task => task.Launch.Id.Run.Job));
        Assert.Equal(260, plane.Tasks.All.Count);
    }

    [Fact]
    public async Task Priority_goes_first_then_age_and_an_hour_is_worth_one_step()
    {
        await _plane.WaitAsync(Job, "old");
        _plane.Clock.Advance(TimeSpan.FromMinutes(59));
        await _plane.WaitAsync(Job, "urgent", priority: 1);
        _plane.Clock.Advance(TimeSpan.FromMinutes(2));
        await _plane.WaitAsync(Job, "late but urgent", priority: 1);
        await _plane.WaitAsync(Job, "most urgent", priority: 9);
        await _plane.WaitAsync(Job, "young");

        await _plane.DispatchAsync();

        Assert.Equal(
            new[] { "most urgent", "urgent", "old", "late but urgent",
                "young" }.Select(name => TestPlane.IdOf(Job, name)),
            Launched);
    }

    [Fact]
    public async Task Run_is_not_launched_before_its_time_whatever_its_priority()
    {
        var due = _plane.Clock.GetUtcNow().AddSeconds(30);
        await _plane.WaitAsync(Job, "a", priority: 9, notBefore: due);
        Assert.Equal(0, await _plane.DispatchAsync());
        Assert.True(_plane.Clock.GetUtcNow() < due);

        _plane.Clock.Advance(TimeSpan.FromSeconds(22));
        Assert.Equal(1, await _plane.DispatchAsync());

        Assert.Equal(due, Assert.Single(_plane.Tasks.All).StartedAt, TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public async Task Capped_job_is_offered_its_free_slots_only()
    {
        var capped = TestPlane.Job(cap: 3);
        var plane = new TestPlane(capped, Other);
        await plane.SubmitAsync(capped, "running");
        for (var i = 0; i < 10; i++) await plane.WaitAsync(capped, $"{i}");
        var before = plane.Faults.Calls.Count;

        Assert.Equal(2, await plane.DispatchAsync());

        Assert.Equal(3, plane.Tasks.All.Count);
        Assert.Equal(2, plane.Faults.Calls.Skip(before).Count(call => call == "SaveAsync"));
        Assert.Equal(3, (await plane.HoldersAsync(capped)).Count);
    }

    [Fact]
    public async Task Job_at_its_cap_costs_a_look_and_no_launch()
    {
        var capped = TestPlane.Job(cap: 1);
        var plane = new TestPlane(capped);
        await plane.SubmitAsync(capped, "running");
        for (var i = 0; i < 1_000; i++) await plane.WaitAsync(capped, $"{i}");
        var before = plane.Faults.Calls.Count;

        Assert.Equal(0, await plane.DispatchAsync());

        Assert.Equal(["WaitingAsync", "ReadAsync"], plane.Faults.Calls.Skip(before));
    }

    [Fact]
    public async Task Throttle_empties_the_bucket_and_its_run_is_launched_when_its_wait_is_over()
    {
        for (var i = 0; i < 20; i++)
        {
            await _plane.WaitAsync(Job, $"{i}");
            _plane.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        _plane.Tasks.RefuseNext(Throttle);
        var start = _plane.Clock.GetUtcNow();

        Assert.Equal(21, await _plane.DispatchAsync());

        Assert.Equal(20, _plane.Tasks.All.Count);
        // The next launch had to wait for a token, and the refused one for its backoff.
        Assert.InRange((_plane.Tasks.All[0].StartedAt - start).TotalMilliseconds, 50, 70);
        Assert.InRange((_plane.Tasks.All[^1].StartedAt - start).TotalSeconds, 2.5, 5.1);
        Assert.Equal(TestPlane.IdOf(Job, "0"), Launched.Last());
    }

    [Fact]
    public async Task Index_that_is_behind_shows_a_run_twice_and_it_is_launched_once()
    {
        await _plane.WaitAsync(Job, "a");
        _plane.Store.IndexIsHeld = true;

        Assert.Equal(1, await _plane.DispatchAsync());
        Assert.Equal(0, await _plane.DispatchAsync());

        Assert.Single(_plane.Tasks.All);
    }

    [Fact]
    public async Task Launch_that_fails_keeps_no_other_from_its_turn_and_is_thrown_at_the_end()
    {
        for (var i = 0; i < 5; i++) await _plane.WaitAsync(Job, $"{i}");
        var saves = 0;
        _plane.Faults.Before = call =>
        {
            if (call == "SaveAsync" && Interlocked.Increment(ref saves) == 2)
            {
                throw new HttpRequestException("DynamoDB is away.");
            }
        };

        var thrown = await Assert.ThrowsAsync<AggregateException>(() => _plane.DispatchAsync());

        Assert.Equal("DynamoDB is away.", Assert.Single(thrown.InnerExceptions).Message);
        Assert.Equal(4, _plane.Tasks.All.Count);
        Assert.Null(_plane.Lease.Holder);
        Assert.Equal(RunState.Pending, _plane.Run(Job, "1").State);
    }

    [Fact]
    public async Task Time_that_is_up_leaves_the_rest_waiting()
    {
        for (var i = 0; i < 300; i++) await _plane.WaitAsync(Job, $"{i}");
        var start = _plane.Clock.GetUtcNow();

        var sent = await _plane.DispatchAsync(seconds: 2);

        Assert.InRange(sent, 136, 141);
        Assert.InRange((_plane.Clock.GetUtcNow() - start).TotalSeconds, 2, 2.1);
        Assert.Equal(300 - sent, _plane.Store.All.Count(run => run.IsWaiting));
    }

    [Fact]
    public async Task Run_whose_time_as_a_whole_is_over_is_ended_and_costs_no_launch()
    {
        var limited = Job with { RunTimeoutMinutes = 60 };
        await _plane.WaitAsync(limited, "a");
        _plane.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(0, await _plane.DispatchAsync());

        Assert.Equal(RunState.TimedOut, _plane.Run(limited).State);
        Assert.Empty(_plane.Tasks.All);
        Assert.Single(_plane.Alerts.Published);
    }

    [Fact]
    public async Task Process_that_was_throttled_writes_new_runs_down_as_waiting_for_a_moment()
    {
        _plane.Tasks.RefuseNext(Throttle);
        await _plane.SubmitAsync(Job, "refused");
        await _plane.SubmitAsync(Job, "after");
        Assert.True(_plane.Run(Job, "after").IsWaiting);
        Assert.Equal(1, _plane.Tasks.Calls.Count(call => call == "LaunchAsync"));

        _plane.Clock.Advance(RunTimings.ThrottleQuiet);
        await _plane.SubmitAsync(Job, "later");

        Assert.Equal(RunState.Starting, _plane.Run(Job, "later").State);
    }
}
