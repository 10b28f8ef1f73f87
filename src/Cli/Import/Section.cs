namespace Jobs.Cli.Import;

/// <summary>Members in the order of the code, with the comments that belong to them.</summary>
internal sealed class Section
{
    private readonly List<string> _order = [];
    private readonly Dictionary<string, (string? Code, string Fallback)> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Remark>> _remarks = new(StringComparer.Ordinal);

    public IReadOnlyList<Member> Members => [.. _order.Select(name =>
    {
        var (code, fallback) = _codes.GetValueOrDefault(name, (null, ""));
        return new Member(name, code, fallback, _remarks.GetValueOrDefault(name, []));
    })];

    /// <param name="fallback">What the member has when it is not set.</param>
    public void Set(string name, string code, string fallback, params IEnumerable<string> remarks)
    {
        _codes[name] = (code, fallback);
        Remark(name, remarks);
    }

    public void Remark(string name, params IEnumerable<string> remarks) =>
        Place(name).AddRange(remarks.Select(text => new Remark(text)));

    /// <summary>What has no counterpart becomes a comment where its counterpart would stand.</summary>
    /// <param name="node">Null, when the manifest does not have it, does nothing.</param>
    public void Leave(string name, ManifestNode? node, string reason)
    {
        if (node is null) return;
        node.Leave(reason);
        Place(name).AddRange(
            node.Leaves().Where(leaf => !leaf.IsMapped).Select(leaf => new Remark(leaf.Reason!, leaf)));
    }

    private List<Remark> Place(string name)
    {
        if (!_order.Contains(name)) _order.Add(name);
        if (!_remarks.TryGetValue(name, out var all)) _remarks[name] = all = [];
        return all;
    }
}
