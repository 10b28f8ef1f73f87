using Jobs.Sdk.Messages;

namespace Jobs.Tests.Unit.Sdk.Messages;

/// <summary>SIGTERM in the middle: what is in hand is visible again within five seconds, and nothing is lost.</summary>
public sealed class LoopStopTests : IDisposable
{
    private readonly LoopScenario _loop = new();

    public void Dispose() => _loop.Dispose();

    [Fact]
    public async Task Handlers_that_listen_give_their_messages_back_at_once()
    {
        for (var i = 0; i < 4; i++) _loop.Queue.Send($"{i}");
        var running = _loop.Begin(held => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, held.Stop));
        // One in hand may not have begun: stopped now, it never would.
        await Eventually.TrueAsync(() => _loop.Begun.Count == 4);

        _loop.Stop();
        await Eventually.TrueAsync(() => _loop.Queue.Visible == 4);

        await _loop.EndStoppedAsync(running);
        Assert.Equal(4, _loop.Begun.Count);
        Assert.Empty(_loop.Queue.DeadLetters);
    }

    [Fact]
    public async Task What_a_handler_throws_after_it_was_told_to_stop_counts_neither_as_failure_nor_as_death()
    {
        _loop.Settings = _loop.Settings with { MaxReceives = 1 };
        _loop.Queue.Send("once");
        var running = _loop.Begin(async held =>
        {
            await Task.WhenAny(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, held.Stop));
            throw new IOException("connection closed");
        });
        await Eventually.TrueAsync(() => _loop.InHand == 1);

        _loop.Stop();

        await _loop.EndStoppedAsync(running);
        Assert.Equal((1, 0), (_loop.Queue.Visible, _loop.Queue.DeadLetters.Count));
    }

    [Fact]
    public async Task Handler_that_is_done_in_spite_of_the_stop_has_its_message_deleted()
    {
        _loop.Queue.Send("nearly done");
        var running = _loop.Begin(
            held => Task.WhenAny(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, held.Stop)));
        await Eventually.TrueAsync(() => _loop.InHand == 1);

        _loop.Stop();

        await _loop.EndStoppedAsync(running);
        Assert.Equal(0, _loop.Queue.Count);
    }

    [Fact]
    public async Task Message_of_a_handler_that_does_not_listen_is_given_back_after_the_grace_time()
    {
        _loop.Settings = _loop.Settings with { Parallelism = 1 };
        var id = _loop.Queue.Send("deaf");
        var never = new TaskCompletionSource();
        var running = _loop.Begin(_ => never.Task);
        await Eventually.TrueAsync(() => _loop.InHand == 1);
        var stopped = _loop.Clock.GetUtcNow();

        _loop.Stop();
        await GraceBeginsAsync();
        _loop.Clock.Advance(_loop.Settings.Grace);
        await _loop.EndStoppedAsync(running);

        Assert.Equal(1, _loop.Queue.Visible);
        Assert.Equal(_loop.Settings.Grace, _loop.Queue.VisibleAt(id) - stopped);
        Assert.InRange(_loop.Settings.Grace, TimeSpan.Zero, TimeSpan.FromSeconds(3));
        Assert.Contains(_loop.Log, line => line.Contains("did not end within 2.5 s", StringComparison.Ordinal));
        never.SetResult();
    }

    [Fact]
    public async Task Messages_that_arrive_with_the_stop_are_given_back_untouched()
    {
        var running = _loop.Begin(_ => Task.CompletedTask);
        await Eventually.TrueAsync(() => _loop.Calls.Receives.Count == 1 && _loop.Clock.ArmedTimers == 2);

        _loop.Stop();
        _loop.Queue.Send("in the last moment");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal((0, 1), (_loop.Begun.Count, _loop.Queue.Visible));
    }

    [Fact]
    public async Task Stop_does_not_wait_for_a_queue_that_does_not_answer()
    {
        _loop.Settings = _loop.Settings with { Parallelism = 1 };
        _loop.Queue.Send("deaf");
        var never = new TaskCompletionSource();
        _loop.Calls.OnChange = _ => throw new HttpRequestException("away");
        var running = _loop.Begin(_ => never.Task);
        await Eventually.TrueAsync(() => _loop.InHand == 1);

        _loop.Stop();
        await GraceBeginsAsync();
        _loop.Clock.Advance(_loop.Settings.Grace);
        // The keeper, the next try to give it back, and the end of all patience.
        await Eventually.TrueAsync(() => _loop.Clock.ArmedTimers == 3);
        _loop.Clock.Advance(MessageLoop.LastReturns);

        await _loop.EndStoppedAsync(running);
        never.SetResult();
    }

    [Fact]
    public async Task Last_receive_is_given_up_when_nothing_comes()
    {
        var running = _loop.Begin(_ => Task.CompletedTask);
        await Eventually.TrueAsync(() => _loop.Calls.Receives.Count == 1 && _loop.Clock.ArmedTimers == 2);

        _loop.Stop();
        await _loop.EndStoppedAsync(running);

        Assert.Equal(MessageLoop.LastReceive, _loop.Passed);
    }

    /// <summary>The keeper and the handlers' last time are what waits.</summary>
    private Task GraceBeginsAsync() => Eventually.TrueAsync(() => _loop.Clock.ArmedTimers == 2);
}
