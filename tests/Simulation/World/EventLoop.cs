namespace Jobs.Tests.Simulation.World;

/// <summary>
/// Virtual time and all that is going to happen in it, on one thread. Events of the same instant happen in an order
/// that the seed chooses. Continuations of awaited tasks run here too, so nothing of a schedule ever runs on the thread
/// pool.
/// </summary>
internal sealed class EventLoop(Chance chance, DateTimeOffset start)
{
    private readonly PriorityQueue<Action, (long Ticks, ulong Tie)> _events = new();
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _posted = new();

    public DateTimeOffset Now { get; private set; } = start;

    /// <summary>Events that have happened.</summary>
    public long Count { get; private set; }

    public void After(TimeSpan delay, Action action) => At(Now + delay, action);

    public void At(DateTimeOffset at, Action action) =>
        _events.Enqueue(action, (Math.Max(at.Ticks, Now.Ticks), chance.Bits()));

    public Task DelayAsync(TimeSpan delay)
    {
        var delayed = new TaskCompletionSource();
        After(delay, delayed.SetResult);
        return delayed.Task;
    }

    /// <summary>Lets events happen until told to stop. False when there are no more, or time is up.</summary>
    public bool Run(Func<bool> isDone, DateTimeOffset until)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new Context(this));
        try
        {
            while (!isDone())
            {
                if (!_events.TryPeek(out _, out var next) || next.Ticks > until.Ticks) return false;
                var action = _events.Dequeue();
                Now = new DateTimeOffset(next.Ticks, TimeSpan.Zero);
                Count++;
                action();
                while (_posted.TryDequeue(out var posted)) posted.Callback(posted.State);
            }

            return true;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    private sealed class Context(EventLoop loop) : SynchronizationContext
    {
        private readonly int _thread = Environment.CurrentManagedThreadId;

        public override void Post(SendOrPostCallback d, object? state)
        {
            // Two threads would make the schedule depend on the machine: better no test at all than such a one.
            if (Environment.CurrentManagedThreadId != _thread)
            {
                Environment.FailFast($"Simulated code ran on another thread: {Environment.StackTrace}");
            }

            loop._posted.Enqueue((d, state));
        }

        public override void Send(SendOrPostCallback d, object? state) => d(state);

        public override SynchronizationContext CreateCopy() => this;
    }
}
