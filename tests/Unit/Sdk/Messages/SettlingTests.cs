using Jobs.Core.Messages;
using Jobs.Sdk.Declarations;
using Jobs.Sdk.Messages;

namespace Jobs.Tests.Unit.Sdk.Messages;

/// <summary>What becomes of a message when its handler has ended.</summary>
public sealed class SettlingTests : IDisposable
{
    private readonly LoopScenario _loop = new();

    public void Dispose() => _loop.Dispose();

    [Fact]
    public async Task Message_that_fails_comes_again_later_each_time_and_its_last_failure_makes_it_a_dead_letter()
    {
        var id = _loop.Queue.Send(
            """{"poison":1}""", new Dictionary<string, QueueAttribute> { ["trace"] = QueueAttribute.Of("abc") });

        var summary = await _loop.EndAsync(
            _loop.Begin(_ => throw new InvalidOperationException("connection to hunter22@db refused")));

        Assert.Equal((0, 2, 1), (summary.Handled, summary.Returned, summary.DeadLettered));
        Assert.Equal([id, id, id], _loop.Begun);
        Assert.Equal(
            [Settler.FirstWait, 2 * Settler.FirstWait], _loop.Calls.Changes.Select(change => change.Visibility));
        Assert.True(_loop.Passed >= 3 * Settler.FirstWait);
        var letter = Assert.Single(_loop.Queue.DeadLetters);
        Assert.Equal("""{"poison":1}""", letter.Body);
        Assert.Equal(
            [
                (
                    "jobs.errorType",
                    "System.InvalidOperationException"), ("jobs.job", "job"), ("jobs.messageId", id), ("jobs.receives",
                        "3"), ("jobs.run", "job/run"),
                ("reason", "connection to ***@db refused"), ("trace", "abc"),
            ],
            letter.Attributes.Where(one => one.Key != "jobs.stack")
                .OrderBy(one => one.Key, StringComparer.Ordinal)
                .Select(one => (one.Key, one.Value.Text!)));
        Assert.Contains(nameof(SettlingTests), letter.Attributes["jobs.stack"].Text, StringComparison.Ordinal);
        Assert.Equal(0, _loop.Queue.Count);
        Assert.Equal(3, _loop.Loop.HandlerFailures);
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(4, 80)]
    [InlineData(7, 640)]
    [InlineData(8, 900)]
    [InlineData(1_000, 900)]
    public void Failed_message_waits_twice_as_long_each_time_up_to_a_quarter_of_an_hour(int receives, int seconds) =>
        Assert.Equal(seconds, Settler.WaitAfter(receives).TotalSeconds);

    public static TheoryData<Exception> Hopeless =>
        [
            new JobFailedException("the file is empty"), new MisfitException("the file is empty"),
            new UnauthorizedAccessException("the file is empty"),
        ];

    [Theory]
    [MemberData(nameof(Hopeless), DisableDiscoveryEnumeration = true)]
    public async Task Message_that_can_never_succeed_is_a_dead_letter_at_once(Exception error)
    {
        _loop.Queue.Send("hopeless");

        var summary = await _loop.EndAsync(_loop.Begin(_ => throw error));

        Assert.Equal((0, 1), (summary.Returned, summary.DeadLettered));
        Assert.Equal("the file is empty", Assert.Single(_loop.Queue.DeadLetters).Attributes["reason"].Text);
    }

    [Fact]
    public async Task Message_that_the_dead_letters_do_not_take_stays_in_its_queue()
    {
        var id = _loop.Queue.Send("hopeless");
        _loop.Calls.OnBury = () => new HttpRequestException("away");
        var running = _loop.Begin(_ => throw new JobFailedException("no"));
        await Eventually.TrueAsync(() => !_loop.Begun.IsEmpty && _loop.InHand == 0);

        Assert.Equal(Settler.FirstWait, _loop.Queue.VisibleAt(id) - _loop.Clock.GetUtcNow());
        Assert.Empty(_loop.Queue.DeadLetters);
        Assert.Empty(_loop.Calls.Deletions);
        _loop.Stop();
        await _loop.EndStoppedAsync(running);
    }

    [Fact]
    public async Task Dead_letter_whose_deletion_fails_may_be_there_twice_but_is_never_lost()
    {
        _loop.Queue.Send("hopeless");
        _loop.Settings = _loop.Settings with { Idle = TimeSpan.FromMinutes(2) };
        var faults = Settler.Tries;
        _loop.Calls.OnDelete = () => Interlocked.Decrement(ref faults) >= 0 ? ReceiptOutcome.Unknown : null;

        var summary = await _loop.EndAsync(_loop.Begin(_ => throw new JobFailedException("no")));

        Assert.Equal((2, 0), (summary.DeadLettered, _loop.Queue.Count));
        Assert.Equal(
            ["message-1", "message-1"],
            _loop.Queue.DeadLetters.Select(letter => letter.Attributes["jobs.messageId"].Text));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Deletion_that_fails_is_repeated(bool throws)
    {
        _loop.Queue.Send("fine");
        var faults = Settler.Tries - 1;
        _loop.Calls.OnDelete = () =>
            Interlocked.Decrement(ref faults) < 0
                ? null
                : throws
                ? throw new HttpRequestException("away")
                : ReceiptOutcome.Unknown;

        var summary = await _loop.EndAsync(_loop.Begin(_ => Task.CompletedTask));

        Assert.Equal((1, 1, 0), (summary.Handled, _loop.Begun.Count, _loop.Queue.Count));
        Assert.Equal(Settler.Tries, _loop.Calls.Deletions.Count);
    }

    [Fact]
    public async Task Handled_message_that_cannot_be_deleted_is_told_of_and_comes_again()
    {
        _loop.Queue.Send("fine");
        var faults = Settler.Tries;
        _loop.Calls.OnDelete = () => Interlocked.Decrement(ref faults) >= 0 ? ReceiptOutcome.Unknown : null;
        _loop.Settings = _loop.Settings with { Idle = TimeSpan.FromMinutes(2) };

        var summary = await _loop.EndAsync(_loop.Begin(_ => Task.CompletedTask));

        Assert.Contains(
            "Error: Message message-1 was handled but could not be deleted, so it may come again.", _loop.Log);
        Assert.Equal(["message-1", "message-1"], _loop.Begun);
        Assert.Equal((2, 0), (summary.Handled, _loop.Queue.Count));
    }

    [Fact]
    public async Task Messages_that_end_together_are_deleted_together()
    {
        _loop.Settings = _loop.Settings with { Parallelism = 10 };
        for (var i = 0; i < 10; i++) _loop.Queue.Send($"{i}");
        var all = new TaskCompletionSource();
        var running = _loop.Begin(_ => all.Task);
        await Eventually.TrueAsync(() => _loop.Begun.Count == 10);
        all.SetResult();

        await _loop.EndAsync(running);

        Assert.InRange(_loop.Calls.Deletions.Count, 1, 5);
        Assert.Equal(10, _loop.Calls.Deletions.Sum());
    }
}
