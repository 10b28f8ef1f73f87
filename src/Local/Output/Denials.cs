using Jobs.Page.Ground;
using Lapstack.Ground;

namespace Jobs.Local.Output;

/// <summary>The newest calls that the stack's policies did not allow.</summary>
internal sealed class Denials
{
    private const int Most = 200;
    private const string Kind = "AccessDenied";

    private readonly Lock _gate = new();
    private readonly Queue<Hop> _newest = new();

    public void Take(ActivityEntry entry)
    {
        if (entry.Kind != Kind) return;
        lock (_gate)
        {
            _newest.Enqueue(new Hop(entry.At, entry.Service, HopPrinter.Readable(entry.Message)));
            if (_newest.Count > Most) _newest.Dequeue();
        }
    }

    /// <summary>So far, oldest first.</summary>
    public IReadOnlyList<Hop> All()
    {
        lock (_gate) return [.. _newest];
    }
}
