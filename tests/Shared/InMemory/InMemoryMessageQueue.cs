using System.Globalization;
using Jobs.Core.Messages;

namespace Jobs.Tests.InMemory;

/// <summary>A queue in memory, which hides and counts as SQS does. Waits go by the clock.</summary>
public sealed class InMemoryMessageQueue(TimeProvider clock) : IMessageQueue
{
    private readonly Lock _gate = new();
    private readonly List<Stored> _messages = [];
    private readonly List<QueueMessage> _deadLetters = [];
    private int _sent;
    private TaskCompletionSource _arrival = NewSignal();

    /// <summary>Messages that a receive would find now.</summary>
    public int Visible
    {
        get
        {
            lock (_gate) return _messages.Count(message => message.VisibleAt <= clock.GetUtcNow());
        }
    }

    /// <summary>Messages that are there, hidden ones included.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _messages.Count;
        }
    }

    /// <summary>What was sent to the dead letters, in order.</summary>
    public IReadOnlyList<QueueMessage> DeadLetters
    {
        get
        {
            lock (_gate) return [.. _deadLetters];
        }
    }

    /// <summary>When the message is visible again, or became so; null when it is gone.</summary>
    public DateTimeOffset? VisibleAt(string id)
    {
        lock (_gate) return _messages.Find(message => message.Id == id)?.VisibleAt;
    }

    /// <summary>Adds a message and answers its id: message-1, message-2 and so on.</summary>
    public string Send(string body, IReadOnlyDictionary<string, QueueAttribute>? attributes = null)
    {
        lock (_gate)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"message-{++_sent}");
            _messages.Add(
                new Stored(id, body, clock.GetUtcNow(), attributes ?? new Dictionary<string, QueueAttribute>()));
            SignalLocked();
            return id;
        }
    }

    public async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(
        int max, TimeSpan wait, TimeSpan visibility, CancellationToken cancellation)
    {
        var until = clock.GetUtcNow() + wait;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            Task arrival;
            DateTimeOffset wake;
            lock (_gate)
            {
                var now = clock.GetUtcNow();
                var due = _messages.Where(message => message.VisibleAt <= now)
                    .Take(max)
                    .Select(message => message.Receive(now + visibility))
                    .ToList();
                if (due.Count > 0 || now >= until) return due;
                arrival = _arrival.Task;
                wake = _messages.Select(message => message.VisibleAt).Append(until).Min();
            }

            await WaitAsync(arrival, wake - clock.GetUtcNow(), cancellation);
        }
    }

    public Task<IReadOnlyList<ReceiptOutcome>> ChangeVisibilityAsync(
        IReadOnlyList<VisibilityChange> changes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            List<ReceiptOutcome> outcomes = [];
            foreach (var change in changes)
            {
                var message = _messages.Find(one => one.Receipt == change.Receipt && one.VisibleAt > now);
                if (message is not null) message.VisibleAt = now + change.Visibility;
                outcomes.Add(message is null ? ReceiptOutcome.Lost : ReceiptOutcome.Done);
            }

            SignalLocked();
            return Task.FromResult<IReadOnlyList<ReceiptOutcome>>(outcomes);
        }
    }

    public Task<IReadOnlyList<ReceiptOutcome>> DeleteAsync(
        IReadOnlyList<string> receipts, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            // A receipt that is worth nothing any more deletes nothing, which SQS calls a success.
            _messages.RemoveAll(message => message.Receipt is { } receipt && receipts.Contains(receipt));
            return Task.FromResult<IReadOnlyList<ReceiptOutcome>>([.. receipts.Select(_ => ReceiptOutcome.Done)]);
        }
    }

    public Task SendToDeadLettersAsync(
        string body, IReadOnlyDictionary<string, QueueAttribute> attributes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"letter-{_deadLetters.Count + 1}");
            _deadLetters.Add(new QueueMessage(id, "", body) { SentAt = clock.GetUtcNow(), Attributes = attributes });
            return Task.CompletedTask;
        }
    }

    private void SignalLocked()
    {
        _arrival.TrySetResult();
        _arrival = NewSignal();
    }

    private async Task WaitAsync(Task arrival, TimeSpan time, CancellationToken cancellation)
    {
        try
        {
            await arrival.WaitAsync(time > TimeSpan.Zero ? time : TimeSpan.Zero, clock, cancellation);
        }
        catch (TimeoutException)
        {
            // Something hidden is due, or the wait is over: the caller looks.
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Stored(
        string id, string body, DateTimeOffset sentAt, IReadOnlyDictionary<string, QueueAttribute> attributes)
    {
        private int _receives;

        public string Id => id;

        private DateTimeOffset SentAt { get; } = sentAt;

        public string? Receipt { get; private set; }

        public DateTimeOffset VisibleAt { get; set; } = sentAt;

        public QueueMessage Receive(DateTimeOffset hiddenUntil)
        {
            (Receipt, VisibleAt) = (string.Create(CultureInfo.InvariantCulture, $"{id}/{++_receives}"), hiddenUntil);
            return new QueueMessage(id, Receipt, body)
            {
                Receives = _receives,
                SentAt = SentAt,
                Attributes = attributes,
            };
        }
    }
}
