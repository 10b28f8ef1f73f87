using Jobs.Core.Ports;
using Jobs.Core.Runs;

namespace Jobs.Core.InMemory;

/// <summary>Children's items in memory.</summary>
public sealed class InMemoryChildren : IChildren
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RunId, SortedDictionary<int, ChildRun>> _children = [];
    private readonly Dictionary<RunId, EndingCount> _endings = [];

    public Task RegisterAsync(RunId parent, ChildRun child, CancellationToken cancellation)
    {
        lock (_gate) Of(parent).TryAdd(child.Index, child);
        return Task.CompletedTask;
    }

    public Task<EndingCount> NoteEndAsync(RunId parent, ChildRun child, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var children = Of(parent);
            var known = _endings.GetValueOrDefault(parent) ?? new EndingCount(0, IsExact: true);
            var isNew = children.GetValueOrDefault(child.Index)?.State is null;
            if (isNew) children[child.Index] = child;
            return Task.FromResult(_endings[parent] = new EndingCount(known.AtLeast + 1, known.IsExact && isNew));
        }
    }

    public Task<IReadOnlyList<ChildRun>> ReadAsync(RunId parent, CancellationToken cancellation)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<ChildRun>>([.. Of(parent).Values]);
    }

    private SortedDictionary<int, ChildRun> Of(RunId parent) => _children.TryGetValue(parent, out var known) ? known : _children[parent] = [];
}
