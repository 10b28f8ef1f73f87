using Lapstack.Ports;

namespace Lapstack.Services.Sqs;

/// <summary>
/// A standard queue. Every message is in exactly one of two sets: visible, in order of arrival, or hidden, in order of
/// coming back. A receive is one claim under one lock, so a message never goes to two receivers at once.
/// Every change is in the state folder before the caller gets its answer.
/// </summary>
internal sealed class Queue
{
    /// <summary>The most messages a standard queue may have in flight.</summary>
    public const int MostInFlight = 120_000;

    private readonly QueueHouse _house;
    private readonly Dictionary<string, StoredMessage> _messages = [];
    private readonly SortedSet<StoredMessage> _visible = new(
        Comparer<StoredMessage>.Create(static (a, b) => a.Sequence.CompareTo(b.Sequence)));
    private readonly SortedSet<StoredMessage> _hidden = new(Comparer<StoredMessage>.Create(
        static (a, b) => (a.VisibleAt, a.Sequence).CompareTo((b.VisibleAt, b.Sequence))));

    private long _sequence;
    private TaskCompletionSource _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _purgedAt = DateTimeOffset.MinValue;

    /// <summary>
    /// Takes up the messages an earlier run left. Those in flight come back at once: who held them is gone.
    /// </summary>
    public Queue(string name, string arn, QueueSettings settings, QueueHouse house)
    {
        (Name, Arn, Settings, _house) = (name, arn, settings, house);
        CreatedAt = house.State.Read<DateTimeOffset?>(CreatedFile) ?? house.Now;
        house.State.Write(CreatedFile, CreatedAt);
        foreach (var file in house.State.List(Folder))
        {
            var message = house.State.Read<StoredMessage>(file)!;
            PlaceLocked(message.Handle is null ? message : message with { VisibleAt = house.Now });
            _sequence = Math.Max(_sequence, message.Sequence);
        }
    }

    public string Name { get; }

    public string Arn { get; }

    public QueueSettings Settings { get; }

    public DateTimeOffset CreatedAt { get; }

    private string Folder => $"messages/{Name}";

    private string CreatedFile => $"queues/{Name}.json";

    /// <summary>Returns the message's id; the message is stored.</summary>
    public string Send(MessageDraft draft)
    {
        lock (_house.Gate)
        {
            var now = _house.Now;
            var message = new StoredMessage
            {
                MessageId = _house.Ids.Uuid(),
                Sequence = ++_sequence,
                Body = draft.Body,
                MessageAttributes = draft.MessageAttributes,
                SenderId = draft.SenderId,
                TraceHeader = draft.TraceHeader,
                GroupId = draft.GroupId,
                SentAt = now,
                VisibleAt = now + (draft.Delay ?? Settings.Delay),
            };
            _house.State.Write(FileOf(message), message);
            PlaceLocked(message);
            return message.MessageId;
        }
    }

    /// <summary>
    /// Claims up to <paramref name="max"/> messages, waiting up to <paramref name="wait"/> for the first.
    /// </summary>
    public async Task<IReadOnlyList<StoredMessage>> ReceiveAsync(
        int max, TimeSpan wait, TimeSpan visibility, CancellationToken cancellation)
    {
        var until = _house.Now + wait;
        while (true)
        {
            Task arrival;
            DateTimeOffset wake;
            lock (_house.Gate)
            {
                // A receiver that has gone claims nothing: the message would be hidden without a handler.
                cancellation.ThrowIfCancellationRequested();
                var claimed = ClaimLocked(max, visibility);
                if (claimed.Count > 0) return claimed;
                arrival = _arrival.Task;
                wake = _hidden.Min is { } next && next.VisibleAt < until ? next.VisibleAt : until;
            }
            var now = _house.Now;
            if (now >= until) return [];
            if (wake > now) await WaitAsync(arrival, wake - now, cancellation);
        }
    }

    /// <summary>
    /// False when the handle is not the message's latest, or the message is gone: SQS calls that a success too.
    /// </summary>
    public bool Delete(string handle)
    {
        lock (_house.Gate)
        {
            if (FindLocked(handle) is not { } message) return false;
            RemoveLocked(message);
            return true;
        }
    }

    public void ChangeVisibility(string handle, TimeSpan visibility)
    {
        lock (_house.Gate)
        {
            WakeLocked();
            if (FindLocked(handle) is not { } message)
            {
                throw SqsErrors.Invalid(
                    "ReceiptHandle",
                    handle,
                    "Message does not exist or is not available for visibility timeout change.");
            }
            if (!_hidden.Contains(message)) throw SqsErrors.MessageNotInflight();
            ReplaceLocked(message, message with { VisibleAt = _house.Now + visibility });
        }
    }

    public void Purge()
    {
        lock (_house.Gate)
        {
            if (_house.Now < _purgedAt + TimeSpan.FromSeconds(60)) throw SqsErrors.PurgeInProgress(Name);
            _purgedAt = _house.Now;
            foreach (var message in _messages.Values.ToList()) RemoveLocked(message);
        }
    }

    public QueueDepth Depth()
    {
        lock (_house.Gate)
        {
            WakeLocked();
            var inFlight = _hidden.Count(static message => message.Handle is not null);
            var oldest = _messages.Values.Select(static message => (DateTimeOffset?)message.SentAt).Min();
            return new QueueDepth(
                _visible.Count,
                inFlight,
                _hidden.Count - inFlight,
                oldest is null ? TimeSpan.Zero : _house.Now - oldest.Value);
        }
    }

    /// <summary>
    /// Moves the oldest visible message, as a new one, to the queue that <paramref name="destination"/> says; false
    /// when there is none.
    /// </summary>
    public bool Redrive(Func<StoredMessage, Queue> destination)
    {
        lock (_house.Gate)
        {
            WakeLocked();
            if (_visible.Min is not { } message) return false;
            var queue = destination(message);
            MoveLocked(message, queue, message with
            {
                MessageId = _house.Ids.Uuid(),
                Sequence = ++queue._sequence,
                SentAt = _house.Now,
                VisibleAt = _house.Now + queue.Settings.Delay,
                ReceiveCount = 0,
                FirstReceivedAt = null,
                Handle = null,
                DeadLetterSourceArn = null,
            });
            return true;
        }
    }

    private List<StoredMessage> ClaimLocked(int max, TimeSpan visibility)
    {
        WakeLocked();
        if (_hidden.Count >= MostInFlight) throw SqsErrors.OverLimit(MostInFlight);
        List<StoredMessage> claimed = [];
        try
        {
            ClaimLocked(claimed, max, visibility);
        }
        finally
        {
            // Only now: with a visibility timeout of zero they are visible again at once, and one receive must not
            // claim one twice. Also when the disk is full in the middle: what was claimed comes again in its time.
            foreach (var received in claimed) PlaceLocked(received);
        }

        return claimed;
    }

    private void ClaimLocked(List<StoredMessage> claimed, int max, TimeSpan visibility)
    {
        while (claimed.Count < max && _visible.Min is { } message)
        {
            if (Settings.Redrive is { } redrive
                && message.ReceiveCount >= redrive.MaxReceiveCount
                && _house.Find(redrive.DeadLetterTargetArn) is { } dead)
            {
                BuryLocked(message, dead);
                continue;
            }
            if (_hidden.Count + claimed.Count >= MostInFlight) break;
            var received = message with
            {
                ReceiveCount = message.ReceiveCount + 1,
                FirstReceivedAt = message.FirstReceivedAt ?? _house.Now,
                VisibleAt = _house.Now + (ComesTwice(message) ? TimeSpan.Zero : visibility),
                Handle = ReceiptHandle.For(message.MessageId, _house.Ids),
            };
            _house.State.Write(FileOf(received), received);
            _visible.Remove(message);
            claimed.Add(received);
        }
    }

    /// <summary>
    /// Whether the message goes to a second receiver while the first has it. Only once: chaos moves no message to the
    /// dead letters.
    /// </summary>
    private bool ComesTwice(StoredMessage message)
    {
        if (message.ReceiveCount > 0 || !_house.ChaosDice.Hit(_house.ChaosDice.Shares.Duplicate)) return false;
        _house.ChaosDice.Report("duplicate", $"SQS delivers message {message.MessageId} of {Name} twice.");
        return true;
    }

    // First into the other queue, then out of this one: a crash in between makes two of it, never none.
    private void MoveLocked(StoredMessage message, Queue other, StoredMessage moved)
    {
        _house.State.Write(other.FileOf(moved), moved);
        other.PlaceLocked(moved);
        RemoveLocked(message);
    }

    private void BuryLocked(StoredMessage message, Queue dead)
    {
        MoveLocked(
            message,
            dead,
            message with
            {
                Sequence = ++dead._sequence,
                Handle = null,
                VisibleAt = _house.Now,
                DeadLetterSourceArn = Arn,
            });
        _house.Activity.Report(
            "SQS",
            "DeadLetter",
            $"{Name}: message {message.MessageId} was received {message.ReceiveCount} times and moved to {dead.Name}");
    }

    /// <summary>Makes visible what is due and drops what is older than the retention period.</summary>
    private void WakeLocked()
    {
        var now = _house.Now;
        while (_hidden.Min is { } due && due.VisibleAt <= now)
        {
            _hidden.Remove(due);
            _visible.Add(due);
        }
        while (_visible.Min is { } oldest && oldest.SentAt + Settings.Retention <= now) RemoveLocked(oldest);
    }

    private void PlaceLocked(StoredMessage message)
    {
        _messages[message.MessageId] = message;
        if (message.VisibleAt > _house.Now)
        {
            _hidden.Add(message);
        }
        else
        {
            _visible.Add(message);
        }
        // Also for a hidden one: waiting receivers must learn when to look again.
        _arrival.TrySetResult();
        _arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private void ReplaceLocked(StoredMessage old, StoredMessage changed)
    {
        _visible.Remove(old);
        _hidden.Remove(old);
        PlaceLocked(changed);
    }

    private void RemoveLocked(StoredMessage message)
    {
        _house.State.Delete(FileOf(message));
        _visible.Remove(message);
        _hidden.Remove(message);
        _messages.Remove(message.MessageId);
    }

    private StoredMessage? FindLocked(string handle) =>
        _messages.GetValueOrDefault(ReceiptHandle.MessageIdOf(handle)) is { } message && message.Handle == handle
            ? message
            : null;

    private async Task WaitAsync(Task arrival, TimeSpan atMost, CancellationToken cancellation)
    {
        try
        {
            await arrival.WaitAsync(atMost, _house.Clock, cancellation);
        }
        catch (TimeoutException)
        {
            // Something hidden is due, or the wait is over: the caller looks.
        }
    }

    private string FileOf(StoredMessage message) => $"{Folder}/{message.MessageId}.json";
}
