namespace Jobs.Sdk.Messages;

/// <summary>
/// What this task has in hand and has handled, as far back as it remembers: a message that says the same is not handled
/// again. It may be deleted at once even while the other is in hand, because that one comes again, or is with the dead
/// letters, unless it is handled. Another task remembers nothing of it.
/// </summary>
/// <param name="most">How many handled ones it remembers, the newest.</param>
internal sealed class HandledMessages(int most)
{
    /// <summary>Some 12 MB at most, of the 512 that the smallest task has.</summary>
    public const int Most = 100_000;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Queue<string> _handled = new();

    /// <summary>False when it is in hand or was handled.</summary>
    public bool TryBegin(string identity)
    {
        lock (_gate) return _known.Add(identity);
    }

    public void Remember(string identity)
    {
        lock (_gate)
        {
            _handled.Enqueue(identity);
            if (_handled.Count > most) _known.Remove(_handled.Dequeue());
        }
    }

    /// <summary>It was not handled: what says the same may be.</summary>
    public void Forget(string identity)
    {
        lock (_gate) _known.Remove(identity);
    }
}
