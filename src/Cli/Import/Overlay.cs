namespace Jobs.Cli.Import;

/// <summary>
/// A manifest as an environment has it: maps are merged, and anything else is replaced. Of what excludes each other the
/// override's is taken, as by Copilot.
/// </summary>
internal static class Overlay
{
    private const string Environments = "environments";

    /// <summary>Maps, and of their keys those of which they have one.</summary>
    private static readonly (string Map, string[] Keys)[] Exclusive =
    [
        ("image", ["build", "location"]),
        ("count", ["spot", "range"]),
    ];

    /// <param name="overrides">Null for none.</param>
    public static ManifestNode Apply(ManifestNode manifest, ManifestNode? overrides)
    {
        var own = new ManifestNode(manifest.File, manifest.Path, manifest.Line) { IsMap = true };
        foreach (var (key, value) in manifest.Members.Where(member => member.Key != Environments)) own.Add(key, value);
        return overrides is null ? own : Merge(own, overrides);
    }

    private static ManifestNode Merge(ManifestNode own, ManifestNode other)
    {
        if (other.IsEmpty) return own;
        if (!own.IsMap || !other.IsMap) return other;
        var merged = new ManifestNode(other.File, other.Path, other.Line) { IsMap = true };
        foreach (var (key, value) in own.Members.Where(member => !IsExcluded(member.Key, other)))
        {
            merged.Add(key, other[key] is { } over ? Merge(value, over) : value);
        }

        foreach (var (key, value) in other.Members.Where(member => own[member.Key] is null)) merged.Add(key, value);
        return merged;
    }

    private static bool IsExcluded(string key, ManifestNode other) => Exclusive.Any(
        one => one.Map == other.Key && one.Keys.Contains(key) && other[key] is null
            && one.Keys.Any(rival => other[rival] is not null));
}
