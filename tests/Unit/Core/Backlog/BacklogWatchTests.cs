using Jobs.Core.Backlog;
using Jobs.Core.Definitions;
using Jobs.Core.Pauses;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Core.Backlog;

public sealed class BacklogWatchTests
{
    private readonly BacklogPlane _plane = new();

    [Fact]
    public async Task Backlog_is_given_a_run_for_each_share_of_it()
    {
        _plane.Messages = new(201, 0);

        var said = await _plane.LookAsync();

        Assert.Equal(3, _plane.Alive.Count);
        Assert.All(
            _plane.Alive,
            run => Assert.Equal((RunState.Starting, "queue", 1), (run.State, run.Trigger, run.Policy.Attempts)));
        Assert.Equal(3, _plane.Control.Tasks.All.Count);
        Assert.Equal("Queue of drain: 201 messages wait, 0 are in hand. 3 runs drain it, 3 of them new.", said);
    }

    [Fact]
    public async Task Empty_queue_starts_nothing_and_stores_nothing()
    {
        await _plane.LookAsync();

        Assert.Empty(_plane.Runs);
        Assert.Equal(0, (await _plane.StateAsync()).Version);
    }

    [Fact]
    public async Task Look_that_comes_again_or_late_starts_nothing()
    {
        _plane.Messages = new(201, 0);
        await _plane.LookAsync();

        await _plane.LookAsync();
        foreach (var run in _plane.Alive) await _plane.EndAsync(run);
        _plane.Messages = new(0, 0);
        await _plane.LookAsync();

        Assert.Equal(3, _plane.Runs.Count);
        Assert.Empty((await _plane.StateAsync()).Alive);
    }

    [Fact]
    public async Task Paused_queue_is_given_no_run_and_its_messages_wait()
    {
        _plane.Messages = new(201, 0);
        var pause = new Pause(_plane.Job.Name, null) { Id = "p", From = default, Reason = "It is mended." };
        await _plane.Control.PauseKeeper.BeginAsync(pause, default);

        Assert.Equal("Queue of drain: it is paused (It is mended.), and no run is started.", await _plane.LookAsync());
        Assert.Empty(_plane.Runs);
        await _plane.Control.PauseKeeper.EndAsync(new(_plane.Job.Name, null, "r", null), default);
        _plane.Control.Clock.Advance(PauseView.Age);
        await _plane.LookAsync();
        Assert.Equal(3, _plane.Alive.Count);
    }

    [Fact]
    public async Task Growing_backlog_is_given_what_is_missing()
    {
        _plane.Messages = new(100, 0);
        await _plane.LookAsync();
        _plane.Messages = new(900, 50);
        await _plane.LookAsync();

        Assert.Equal(4, _plane.Alive.Count);
    }

    [Fact]
    public async Task Run_that_has_ended_is_replaced_while_messages_wait()
    {
        _plane.Messages = new(400, 0);
        await _plane.LookAsync();
        await _plane.EndAsync(_plane.Alive[0]);

        await _plane.LookAsync();

        Assert.Equal((5, 4), (_plane.Runs.Count, _plane.Alive.Count));
    }

    [Fact]
    public async Task Two_deciders_at_once_start_what_one_would()
    {
        _plane.Messages = new(400, 0);
        var other = _plane.NewWatch();
        // The other decides between what this one has read and what it is about to write.
        var asked = false;
        _plane.Control.Faults.Before = call =>
        {
            if (call != "SaveAsync" || asked) return;
            asked = true;
            other.LookAsync(_plane.Job, CancellationToken.None).GetAwaiter().GetResult();
        };

        var said = await _plane.LookAsync();

        Assert.True(asked);
        Assert.EndsWith("Another look has just decided.", said, StringComparison.Ordinal);
        Assert.Equal(4, _plane.Runs.Count);
        Assert.Equal(4, _plane.Control.Tasks.All.Count);
    }

    [Fact]
    public async Task Many_deciders_at_once_never_start_more_than_the_most()
    {
        _plane.Messages = new(100_000, 0);

        await Task.WhenAll(
            Enumerable.Range(0, 16).Select(
                _ => Task.Run(() => _plane.NewWatch().LookAsync(_plane.Job, CancellationToken.None))));

        Assert.Equal(4, _plane.Runs.Count);
        Assert.Equal(4, _plane.Control.Tasks.All.Count);
    }

    [Fact]
    public async Task Process_that_dies_at_any_call_leaves_neither_too_many_runs_nor_too_few()
    {
        var calls = await CallsAsync();
        Assert.True(calls > 8);
        for (var at = 0; at < calls; at++)
        {
            foreach (var after in new[] { false, true })
            {
                var plane = new BacklogPlane { Messages = new(300, 0) };
                (plane.Control.Faults.CrashAt, plane.Control.Faults.CrashAfter) = (at, after);
                await Assert.ThrowsAnyAsync<Exception>(plane.LookAsync);
                plane.Control.Faults.Restart();

                await plane.NewWatch().LookAsync(plane.Job, CancellationToken.None);
                for (var minute = 0; minute < 10; minute++) await plane.Control.TickAsync(TimeSpan.FromMinutes(1));

                Assert.True(
                    plane.Runs.Count == 3 && plane.Control.Tasks.All.Count == 3,
                    $"Died {(after ? "after" : "before")} call {at}: {plane.Runs.Count} runs, " +
                    $"{plane.Control.Tasks.All.Count} tasks.");
            }
        }
    }

    [Fact]
    public async Task Reserved_and_never_submitted_is_submitted_by_the_next_look_even_without_messages()
    {
        await _plane.Drains.SaveAsync(
            new DrainState("drain") { Version = 1, Generation = 7, Alive = [new Drain(7, 0)] }, default);

        await _plane.LookAsync();

        Assert.Equal(new Drain(7, 0).RunOf("drain"), Assert.Single(_plane.Alive).Id);
    }

    [Fact]
    public async Task Queue_that_does_not_answer_decides_nothing()
    {
        _plane.Messages = new(400, 0);
        await _plane.LookAsync();
        var before = await _plane.StateAsync();
        await _plane.EndAsync(_plane.Alive[0]);
        _plane.Messages = null;

        await Assert.ThrowsAsync<TimeoutException>(_plane.LookAsync);

        Assert.Same(before, await _plane.StateAsync());
        Assert.Equal(4, _plane.Runs.Count);
    }

    [Fact]
    public async Task Runs_that_cannot_be_read_decide_nothing()
    {
        _plane.Messages = new(400, 0);
        await _plane.LookAsync();
        var reads = 0;
        // The first is of the queue's item.
        _plane.Control.Faults.Before = call =>
        {
            if (call == "ReadAsync" && ++reads == 3) throw new TimeoutException("DynamoDB does not answer.");
        };

        await Assert.ThrowsAsync<AggregateException>(_plane.LookAsync);

        Assert.Equal(4, _plane.Runs.Count);
    }

    [Fact]
    public async Task Crashing_image_is_tried_again_later_each_time_and_its_runs_are_not_repeated()
    {
        _plane.Messages = new(10, 0);
        await _plane.LookAsync();
        await _plane.EndAsync(_plane.Alive[0], success: false);
        Assert.Equal(RunState.Failed, _plane.Runs[0].State);

        var said = await _plane.LookAsync();
        Assert.Contains("because they failed 1 times", said, StringComparison.Ordinal);
        Assert.Single(_plane.Runs);

        _plane.Control.Clock.Advance(TimeSpan.FromMinutes(1));
        await _plane.LookAsync();
        Assert.Equal(2, _plane.Runs.Count);
    }

    [Fact]
    public async Task Backlog_of_a_service_is_published_for_each_task_it_has_or_gets()
    {
        var plane = Service(desired: 4, running: 1);
        plane.Messages = new(150, 50);

        await plane.LookAsync();

        Assert.Equal([50.0], plane.Published);
        Assert.Equal(4, plane.Service.Desired);
        Assert.Empty(plane.Runs);
    }

    [Fact]
    public async Task Service_without_a_task_is_woken_by_the_first_message()
    {
        var plane = Service(desired: 0, running: 0);
        plane.Messages = new(1, 0);

        await plane.LookAsync();

        Assert.Equal([1.0], plane.Published);
        Assert.Equal(1, plane.Service.Desired);
    }

    [Fact]
    public async Task Empty_queue_is_published_too_and_wakes_no_service()
    {
        var plane = Service(desired: 0, running: 0);

        await plane.LookAsync();

        Assert.Equal([0.0], plane.Published);
        Assert.Equal(0, plane.Service.Desired);
    }

    [Fact]
    public async Task Queue_of_a_service_that_does_not_answer_publishes_nothing()
    {
        var plane = Service(desired: 0, running: 0);
        plane.Messages = null;

        await Assert.ThrowsAsync<TimeoutException>(plane.LookAsync);

        Assert.Empty(plane.Published);
    }

    private static BacklogPlane Service(int desired, int running) =>
        new(
            new JobDefinition("drain") { Queue = new QueueTrigger { Mode = QueueMode.Service } })
        {
            Service = new(desired, running),
        };

    private static async Task<int> CallsAsync()
    {
        var plane = new BacklogPlane { Messages = new(300, 0) };
        await plane.LookAsync();
        return plane.Control.Faults.Calls.Count;
    }
}
