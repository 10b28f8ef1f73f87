using Jobs.Core.Backlog;
using Jobs.Core.Definitions;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Core.Backlog;

public sealed class DrainStateTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    private static readonly QueueTrigger Queue = new() { MessagesPerTask = 100, MaxTasks = 4 };

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 1)]
    [InlineData(100, 0, 1)]
    [InlineData(101, 0, 2)]
    [InlineData(60, 60, 2)]
    [InlineData(0, 1, 1)]
    [InlineData(400, 0, 4)]
    [InlineData(2_000_000_000, 0, 4)]
    public void Desired_tasks_are_one_for_each_share_of_the_messages_and_never_more_than_the_most(
        int visible, int inFlight, int tasks) =>
        Assert.Equal(tasks, DrainState.Desired(Queue, new QueueReading(visible, inFlight)));

    [Fact]
    public void Reserving_asks_for_what_is_missing_and_no_more()
    {
        var first = Reserve(new DrainState("drain"), visible: 150);
        var second = first.Reserve(Queue, new QueueReading(250, 0), Now.AddMinutes(1));

        Assert.Equal("1700000000/0 1700000000/1", string.Join(' ', first.Alive));
        Assert.Equal("1700000000/0 1700000000/1 1700000060/0", string.Join(' ', second.Alive));
        Assert.Same(second, second.Reserve(Queue, new QueueReading(300, 0), Now.AddMinutes(2)));
    }

    [Fact]
    public void Two_decisions_in_one_second_never_name_the_same_run()
    {
        var first = Reserve(new DrainState("drain"), visible: 1);
        var second = Reserve(first with { Alive = [] }, visible: 1);

        Assert.NotEqual(first.Alive[0].RunOf("drain"), second.Alive[0].RunOf("drain"));
    }

    [Fact]
    public void State_that_was_lost_does_not_name_a_run_again()
    {
        var before = Reserve(new DrainState("drain"), visible: 1);
        var after = new DrainState("drain").Reserve(Queue, new QueueReading(1, 0), Now.AddSeconds(1));

        Assert.NotEqual(before.Alive[0].RunOf("drain"), after.Alive[0].RunOf("drain"));
    }

    [Fact]
    public void Messages_in_flight_alone_start_no_run()
    {
        var state = new DrainState("drain");

        Assert.Same(state, state.Reserve(Queue, new QueueReading(0, 1_000), Now));
    }

    [Fact]
    public void More_runs_than_are_wanted_are_left_to_end_by_themselves()
    {
        var state = Reserve(new DrainState("drain"), visible: 400);

        Assert.Same(state, state.Reserve(Queue, new QueueReading(1, 0), Now));
    }

    [Theory]
    [InlineData(RunState.Pending)]
    [InlineData(RunState.Starting)]
    [InlineData(RunState.Running)]
    [InlineData(RunState.Stopping)]
    [InlineData(null)]
    public void Run_that_is_not_known_to_be_over_is_alive(RunState? state)
    {
        var drains = Reserve(new DrainState("drain"), visible: 1);

        Assert.Same(drains, drains.Settle(_ => state, Now));
    }

    [Theory]
    [InlineData(RunState.Succeeded, 0)]
    [InlineData(RunState.Failed, 1)]
    [InlineData(RunState.TimedOut, 1)]
    [InlineData(RunState.Cancelled, 0)]
    [InlineData(RunState.Skipped, 0)]
    public void Run_that_is_over_is_no_longer_counted_and_says_how_it_went(RunState state, int failures)
    {
        var settled = Reserve(new DrainState("drain"), visible: 1).Settle(_ => state, Now);

        Assert.Empty(settled.Alive);
        Assert.Equal((failures, failures > 0 ? Now.AddMinutes(1) : null), (settled.Failures, settled.NotBefore));
    }

    [Fact]
    public void Crashing_image_backs_off_up_to_half_an_hour_and_a_success_forgets_it()
    {
        var (state, now, waits) = (new DrainState("drain"), Now, new List<double>());
        for (var i = 0; i < 8; i++)
        {
            state = state.Reserve(Queue, new QueueReading(10, 0), now).Settle(_ => RunState.Failed, now);
            Assert.Same(state, state.Reserve(Queue, new QueueReading(10, 0), state.NotBefore!.Value.AddTicks(-1)));
            waits.Add((state.NotBefore!.Value - now).TotalMinutes);
            now = state.NotBefore.Value;
        }

        Assert.Equal([1, 2, 4, 8, 16, 30, 30, 30], waits);
        state = state.Reserve(Queue, new QueueReading(10, 0), now).Settle(_ => RunState.Succeeded, now);
        Assert.Equal((0, null), (state.Failures, state.NotBefore));
    }

    [Fact]
    public void Failures_seen_at_once_count_once_and_not_beside_a_success()
    {
        var state = Reserve(new DrainState("drain"), visible: 400);

        Assert.Equal(1, state.Settle(_ => RunState.Failed, Now).Failures);
        Assert.Equal(0, state.Settle(drain => drain.Ordinal == 3 ? RunState.Succeeded : RunState.Failed, Now).Failures);
    }

    [Fact]
    public void Drain_reads_back_as_written()
    {
        var drain = new Drain(1_700_000_000, 17);

        Assert.Equal(drain, Drain.Parse(drain.ToString()));
        Assert.Throws<FormatException>(() => Drain.Parse("17"));
    }

    private static DrainState Reserve(DrainState state, int visible) =>
        state.Reserve(Queue, new QueueReading(visible, 0), Now);
}
