using System.Collections.Concurrent;
using Jobs.Page.Ground;

namespace Jobs.Page.Serving;

/// <summary>What came of what a person did, until the view that comes next has said it.</summary>
internal sealed class Notices
{
    /// <summary>How the address of that view names it.</summary>
    public const string Query = "said";

    private readonly ConcurrentDictionary<string, Html> _unsaid = new(StringComparer.Ordinal);

    /// <summary>An address that says it once.</summary>
    public string Address(string view, string id, Html notice)
    {
        // A view that was never opened keeps no other from being said.
        if (_unsaid.Count > 100) _unsaid.Clear();
        _unsaid[id] = notice;
        return $"{view}{(view.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Query}={Uri.EscapeDataString(id)}";
    }

    /// <summary>Null for nothing, also the second time.</summary>
    public Html? Take(string? id) => id is not null && _unsaid.TryRemove(id, out var notice) ? notice : null;
}
