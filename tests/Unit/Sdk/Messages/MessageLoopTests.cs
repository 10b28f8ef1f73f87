using Jobs.Core;
using Jobs.Core.Messages;
using Jobs.Sdk.Messages;
using Jobs.Sdk.Reporting;

namespace Jobs.Tests.Unit.Sdk.Messages;

/// <summary>What the loop receives, when it ends, and what it keeps in hand meanwhile.</summary>
public sealed class MessageLoopTests : IDisposable
{
    private readonly LoopScenario _loop = new();

    public void Dispose() => _loop.Dispose();

    [Fact]
    public async Task Messages_are_handled_once_each_and_deleted_and_the_loop_ends_after_the_idle_time()
    {
        for (var i = 0; i < 25; i++) _loop.Queue.Send($"{i}");
        var began = _loop.Clock.GetUtcNow();

        var summary = await _loop.EndAsync(_loop.Begin(_ => Task.CompletedTask));

        Assert.Equal((25, 0, 0, 0), (summary.Handled, summary.Returned, summary.DeadLettered, summary.Lost));
        Assert.Equal(25, _loop.Begun.Distinct().Count());
        Assert.Equal((25, 0), (_loop.Begun.Count, _loop.Queue.Count));
        Assert.InRange(_loop.Clock.GetUtcNow() - began, LoopScenario.Idle, LoopScenario.Idle + TimeSpan.FromSeconds(5));
        Assert.All(_loop.Calls.Deletions, count => Assert.InRange(count, 1, IMessageQueue.MaxBatch));
    }

    [Fact]
    public async Task Never_more_messages_are_asked_for_than_there_are_hands_free()
    {
        for (var i = 0; i < 9; i++) _loop.Queue.Send($"{i}");
        var gates = new TaskCompletionSource();
        var running = _loop.Begin(_ => gates.Task);

        await Eventually.TrueAsync(() => _loop.Begun.Count == 4);
        Assert.Equal((5, 4), (_loop.Queue.Visible, _loop.InHand));
        gates.SetResult();
        var summary = await _loop.EndAsync(running);

        Assert.Equal((9, 4), (summary.Handled, _loop.MostInHand));
        Assert.All(_loop.Calls.Receives, receive => Assert.InRange(receive.Max, 1, 4));
    }

    [Fact]
    public async Task Receives_wait_as_long_as_sqs_does_and_no_longer_than_the_idle_time_has_left()
    {
        await _loop.EndAsync(_loop.Begin(_ => Task.CompletedTask));

        Assert.Equal([20, 10], _loop.Calls.Receives.Select(receive => (int)receive.Wait.TotalSeconds));
    }

    [Fact]
    public async Task Loop_without_an_idle_time_goes_on_until_it_is_told_to_stop()
    {
        _loop.Settings = _loop.Settings with { Idle = null };
        var running = _loop.Begin(_ => Task.CompletedTask);
        for (var i = 0; i < 10; i++)
        {
            await Eventually.TrueAsync(() => _loop.Calls.Receives.Count == i + 1 && _loop.Clock.ArmedTimers > 1);
            _loop.Clock.Advance(MessageLoop.LongPoll);
        }

        Assert.False(running.IsCompleted);
        _loop.Stop();
        await _loop.EndStoppedAsync(running);
    }

    [Fact]
    public async Task Message_in_hand_keeps_the_loop_from_being_idle()
    {
        _loop.Queue.Send("slow");
        var gate = new TaskCompletionSource();
        var running = _loop.Begin(_ => gate.Task);
        await Eventually.TrueAsync(() => _loop.InHand == 1);

        await _loop.PassAsync(TimeSpan.FromMinutes(5));
        Assert.False(running.IsCompleted);
        gate.SetResult();

        Assert.Equal(1, (await _loop.EndAsync(running)).Handled);
    }

    [Fact]
    public async Task Message_stays_hidden_for_as_long_as_its_handler_works()
    {
        var id = _loop.Queue.Send("slow");
        var gate = new TaskCompletionSource();
        var running = _loop.Begin(_ => gate.Task);
        await Eventually.TrueAsync(() => _loop.InHand == 1);

        for (var i = 0; i < 40; i++)
        {
            await _loop.PassAsync(TimeSpan.FromSeconds(15));
            // At least half of the visibility is left whenever it was looked at.
            Assert.InRange(
                _loop.Queue.VisibleAt(id)!.Value - _loop.Clock.GetUtcNow(),
                TimeSpan.FromSeconds(30),
                TimeSpan.FromSeconds(60));
        }

        gate.SetResult();
        var summary = await _loop.EndAsync(running);
        Assert.Equal((1, 0), (summary.Handled, summary.Lost));
        Assert.Equal((1, 0), (_loop.Begun.Count, _loop.Queue.Count));
        Assert.InRange(_loop.Calls.Changes.Count, 20, 41);
    }

    [Fact]
    public async Task Extension_that_fails_is_repeated_while_the_message_is_still_hidden()
    {
        var id = _loop.Queue.Send("slow");
        var faults = 2;
        _loop.Calls.OnChange = _ =>
            Interlocked.Decrement(ref faults) >= 0 ? throw new HttpRequestException("away") : null;
        var gate = new TaskCompletionSource();
        var running = _loop.Begin(_ => gate.Task);
        await Eventually.TrueAsync(() => _loop.InHand == 1);

        for (var i = 0; i < 3; i++) await _loop.PassAsync(TimeSpan.FromSeconds(15));

        Assert.Equal(_loop.Clock.GetUtcNow() + TimeSpan.FromSeconds(60), _loop.Queue.VisibleAt(id));
        gate.SetResult();
        Assert.Equal(1, (await _loop.EndAsync(running)).Handled);
    }

    [Fact]
    public async Task Message_whose_receipt_is_lost_has_its_handler_stopped_and_is_not_deleted()
    {
        _loop.Queue.Send("slow");
        _loop.Calls.OnChange = _ => ReceiptOutcome.Lost;
        var seen = StopReason.None;
        var running = _loop.Begin(async held =>
        {
            await Task.WhenAny(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, held.Stop));
            seen = held.Reason;
        });
        await Eventually.TrueAsync(() => _loop.InHand == 1);

        await _loop.PassAsync(TimeSpan.FromSeconds(15));
        await Eventually.TrueAsync(() => _loop.InHand == 0);

        Assert.Equal(StopReason.Superseded, seen);
        Assert.Equal(1, _loop.Queue.Count);
        Assert.Empty(_loop.Calls.Deletions);
        _loop.Stop();
        await _loop.EndStoppedAsync(running);
    }

    [Fact]
    public async Task Message_that_comes_again_while_it_is_in_hand_is_not_handled_beside_itself()
    {
        _loop.Queue.Send("slow");
        // As after a sleep of the machine: nothing was extended, and SQS has not said that the receipt is lost.
        _loop.Calls.OnChange = _ => ReceiptOutcome.Unknown;
        var gate = new TaskCompletionSource();
        var running = _loop.Begin(_ => gate.Task);
        await Eventually.TrueAsync(() => _loop.InHand == 1);

        var receives = _loop.Calls.Receives.Count;
        await _loop.PassAsync(TimeSpan.FromSeconds(61));
        await Eventually.TrueAsync(() => _loop.Calls.Receives.Count > receives && _loop.Queue.Visible == 0);
        _loop.Calls.OnChange = _ => null;
        gate.SetResult();
        var summary = await _loop.EndAsync(running);

        Assert.Equal((1, 1, 0), (_loop.Begun.Count, summary.Handled, summary.Lost));
        Assert.Equal(0, _loop.Queue.Count);
    }

    [Fact]
    public async Task Message_in_hand_for_almost_twelve_hours_has_its_handler_stopped_while_it_is_still_ours()
    {
        var id = _loop.Queue.Send("endless");
        _loop.Settings = _loop.Settings with { Visibility = TimeSpan.FromHours(1), Idle = TimeSpan.FromHours(1) };
        var seen = (StopReason.None, TimeSpan.Zero);
        var began = _loop.Clock.GetUtcNow();
        var running = _loop.Begin(async held =>
        {
            await Task.WhenAny(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, held.Stop));
            seen = (held.Reason, _loop.Clock.GetUtcNow() - began);
            held.Stop.ThrowIfCancellationRequested();
        });
        await Eventually.TrueAsync(() => _loop.InHand == 1);

        for (var i = 0; i < 12 * 60 && _loop.Log.Count == 0; i++) await _loop.PassAsync(TimeSpan.FromMinutes(1));
        await Eventually.TrueAsync(() => _loop.InHand == 0);

        Assert.Equal(StopReason.TimedOut, seen.Item1);
        Assert.InRange(seen.Item2, TimeSpan.FromHours(11.9), TimeSpan.FromHours(12));
        Assert.Equal(Settler.FirstWait, _loop.Queue.VisibleAt(id) - _loop.Clock.GetUtcNow());
        _loop.Stop();
        await _loop.EndStoppedAsync(running);
    }

    [Fact]
    public async Task Queue_that_cannot_be_read_is_asked_again_and_does_not_count_as_empty()
    {
        _loop.Queue.Send("late");
        var faults = 3;
        _loop.Calls.OnReceive = () => Interlocked.Decrement(ref faults) >= 0 ? new HttpRequestException("away") : null;

        Assert.Equal(1, (await _loop.EndAsync(_loop.Begin(_ => Task.CompletedTask))).Handled);
    }

    /// <summary>An outage and a denial pass by themselves; what else there is does not.</summary>
    public static TheoryData<Exception, int> OutOfReach => new()
    {
        { new UnauthorizedAccessException("sqs:ReceiveMessage"), WorkerExitCodes.AwsUnavailable },
        { new HttpRequestException("sqs:ReceiveMessage"), WorkerExitCodes.AwsUnavailable },
        { new InvalidOperationException("sqs:ReceiveMessage"), WorkerExitCodes.HostFailed },
    };

    [Theory]
    [MemberData(nameof(OutOfReach))]
    public async Task Queue_out_of_reach_ends_the_loop_with_the_reason(Exception thrown, int exitCode)
    {
        _loop.Calls.OnReceive = () => thrown;

        var failed = await Assert.ThrowsAsync<HostFailedException>(
            () => _loop.EndAsync(_loop.Begin(_ => Task.CompletedTask)));

        Assert.Contains("sqs:ReceiveMessage", failed.Message, StringComparison.Ordinal);
        Assert.Equal(exitCode, failed.ExitCode);
        Assert.Equal(MessageLoop.MaxFailures, _loop.Calls.Receives.Count);
    }

    [Fact]
    public async Task Loop_near_the_end_of_its_lifetime_takes_nothing_more_and_gives_back_what_is_not_done()
    {
        _loop.Settings = _loop.Settings with { Lifetime = TimeSpan.FromMinutes(10), Parallelism = 2 };
        _loop.Queue.Send("done in time");
        var slow = _loop.Queue.Send("slow");
        var gate = new TaskCompletionSource();
        var running = _loop.Begin(
            held =>
                held.Message.Id == slow
                    ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, held.Stop)
                    : gate.Task);
        await Eventually.TrueAsync(() => _loop.InHand == 2);

        // The keeper, and both ends of the lifetime: all hands are full.
        while (_loop.Passed < TimeSpan.FromMinutes(8.75)) await _loop.PassAsync(TimeSpan.FromSeconds(15), timers: 3);
        _loop.Clock.Advance(TimeSpan.FromSeconds(15));
        _loop.Queue.Send("too late");
        gate.SetResult();
        await Eventually.TrueAsync(() => _loop.InHand == 1);
        Assert.False(running.IsCompleted);
        await Eventually.TrueAsync(() => _loop.Clock.ArmedTimers == 2);
        while (_loop.Passed < TimeSpan.FromMinutes(9.8)) await _loop.PassAsync(TimeSpan.FromSeconds(6));
        _loop.Clock.Advance(TimeSpan.FromSeconds(6));

        var summary = await running;
        Assert.Equal((1, 1), (summary.Handled, summary.Returned));
        Assert.Equal(2, _loop.Begun.Count);
        Assert.Equal(2, _loop.Queue.Visible);
    }
}
