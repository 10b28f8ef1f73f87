using System.Collections.Concurrent;
using Jobs.Sdk.Messages;
using Jobs.Sdk.Reporting;
using Jobs.Tests.InMemory;

namespace Jobs.Tests.Unit.Sdk.Messages;

/// <summary>
/// A loop on a queue in memory, with a handler that does what the test says. Time passes only when the test lets it.
/// </summary>
internal sealed class LoopScenario : IDisposable
{
    public static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly LineLog _log = new();
    private readonly DateTimeOffset _began;

    public LoopScenario()
    {
        _began = Clock.GetUtcNow();
        Queue = new InMemoryMessageQueue(Clock);
        Calls = new FaultyQueue(Queue);
    }

    public ManualClock Clock { get; } = new();

    public TimeSpan Passed => Clock.GetUtcNow() - _began;

    public LoopSettings Settings { get; set; } = new(
        Parallelism: 4, TimeSpan.FromSeconds(60), MaxReceives: 3)
    { Idle = Idle };

    public InMemoryMessageQueue Queue { get; }

    /// <summary>What the loop sees of the queue.</summary>
    public FaultyQueue Calls { get; }

    /// <summary>Ids of the messages whose handling began, in order.</summary>
    public ConcurrentQueue<string> Begun { get; } = new();

    public int InHand { get; private set; }

    public int MostInHand { get; private set; }

    public IReadOnlyCollection<string> Log => _log.Lines;

    public MessageLoop Loop { get; private set; } = null!;

    public void Stop() => _stop.Cancel();

    /// <summary>Begins the loop, on another thread as the host does.</summary>
    public Task<DrainSummary> Begin(Func<HeldMessage, Task> handle)
    {
        var secrets = Secrets.Read(
            name => name switch { "JOBS_SECRETS" => "PASSWORD", "PASSWORD" => "hunter22", _ => null });
        var settler = new Settler(
            Calls,
            Settings,
            (message, error) => DeadLetter.AttributesOf(message, error, "job", "job/run", secrets),
            Clock,
            _log);
        Loop = new MessageLoop(Calls, Settings, HandleAsync, settler, Note, Clock, _log);
        return Task.Run(() => Loop.RunAsync(_stop.Token));

        async Task<MessageEnd> HandleAsync(HeldMessage held)
        {
            Begun.Enqueue(held.Message.Id);
            await handle(held);
            return MessageEnd.Handled;
        }
    }

    /// <summary>Lets the loop end for want of messages, once nothing is in hand; time passes as it waits.</summary>
    public async Task<DrainSummary> EndAsync(Task<DrainSummary> running)
    {
        while (!running.IsCompleted)
        {
            // The keeper of the visibility and a receive wait, and a message that is still in hand for its next try.
            await Eventually.TrueAsync(() => running.IsCompleted || Clock.ArmedTimers >= (InHand > 0 ? 3 : 2));
            Clock.Advance(TimeSpan.FromSeconds(5));
        }

        return await running;
    }

    /// <summary>
    /// Lets the time of the last receive pass, if one is under way, until the loop has ended after it was told to stop.
    /// </summary>
    public async Task EndStoppedAsync(Task<DrainSummary> running)
    {
        if (InHand < Settings.Parallelism)
        {
            await Eventually.TrueAsync(() => running.IsCompleted || IsReceiveLast);
            Clock.Advance(MessageLoop.LastReceive);
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    /// <summary>The keeper, a receive, its last time and the handlers' are what waits.</summary>
    private bool IsReceiveLast => Clock.ArmedTimers == 4;

    /// <summary>
    /// Lets time pass, and what is due then happen, until so many timers wait again: normally the keeper and a receive.
    /// </summary>
    public async Task PassAsync(TimeSpan time, int timers = 2)
    {
        Clock.Advance(time);
        await Eventually.TrueAsync(() => Clock.ArmedTimers >= timers);
    }

    public void Dispose()
    {
        _stop.Dispose();
        Loop?.Dispose();
    }

    private void Note(int inHand, Tally tally) => (InHand, MostInHand) = (inHand, Math.Max(MostInHand, inHand));
}
