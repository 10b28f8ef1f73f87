namespace Jobs.Cli.Import;

/// <summary>What all workloads of an import share.</summary>
/// <param name="OutInWorkspace">The folder of the generated project from the workspace's root; null when it lies
/// outside.</param>
/// <param name="Topics">What the imported workloads publish.</param>
internal sealed record ImportPlace(string? OutInWorkspace, IReadOnlyList<PublishedTopic> Topics)
{
    /// <summary>Code of a path that a manifest has from the workspace's root.</summary>
    public static string CodeOf(string path) => $"Copilot.InWorkspace({CSharp.Text(path)})";

    /// <summary>The generated project within a folder of the workspace; null when it is not there.</summary>
    public string? OutWithin(string folder)
    {
        if (OutInWorkspace is null) return null;
        var path = Path.GetRelativePath(folder.Length == 0 ? "." : folder, OutInWorkspace).Replace('\\', '/');
        return path.StartsWith("..", StringComparison.Ordinal) ? null : path;
    }
}
