using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Lapstack.Ground;

/// <summary>What happens inside, hop by hop, for the person who watches. Keeps the newest 1,000 entries.</summary>
/// <param name="observer">Called with each entry, which its failure does not touch; null for none.</param>
public sealed class Activity(TimeProvider clock, Action<ActivityEntry>? observer = null)
{
    private const int Kept = 1000;
    private readonly Lock _gate = new();
    private readonly Queue<ActivityEntry> _recent = new();
    private readonly ConcurrentDictionary<Channel<ActivityEntry>, byte> _readers = new();

    /// <summary>Reports one hop. Never blocks and never throws.</summary>
    /// <param name="service">As people call it: <c>S3</c>, <c>EventBridge</c>, <c>Lambda</c>.</param>
    /// <param name="kind">What happened, in AWS's noun where there is one: <c>ObjectCreated</c>, <c>Matched</c>,
    /// <c>ColdStart</c>.</param>
    /// <param name="message">One line, with numbers and names; no secrets.</param>
    public void Report(string service, string kind, string message, IReadOnlyDictionary<string, string>? details = null)
    {
        var entry = new ActivityEntry(clock.GetUtcNow(), service, kind, message, details);
        lock (_gate)
        {
            _recent.Enqueue(entry);
            if (_recent.Count > Kept) _recent.Dequeue();
            foreach (var reader in _readers.Keys) reader.Writer.TryWrite(entry);
        }

        try
        {
            observer?.Invoke(entry);
        }
#pragma warning disable CA1031 // What happened has happened, whatever becomes of the word about it.
        catch (Exception)
#pragma warning restore CA1031
        {
            // It is kept for who reads.
        }
    }

    /// <summary>The entries still kept, oldest first, then the new ones as they come, until cancelled.</summary>
    public async IAsyncEnumerable<ActivityEntry> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var channel = Channel.CreateBounded<ActivityEntry>(
            new BoundedChannelOptions(10 * Kept) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        lock (_gate)
        {
            foreach (var entry in _recent) channel.Writer.TryWrite(entry);
            _readers[channel] = 0;
        }

        try
        {
            await foreach (var entry in channel.Reader.ReadAllAsync(cancellation)) yield return entry;
        }
        finally
        {
            _readers.TryRemove(channel, out _);
        }
    }
}
