namespace Lapstack.Services.Ecs.Engines;

/// <summary>What an image's Dockerfile says about running it here.</summary>
/// <param name="CopiedFrom">The absolute folder of the build context that the image has at
/// <paramref name="CopiedTo"/>.</param>
/// <param name="CopiedTo">An absolute path inside the image, such as <c>/app</c>.</param>
/// <param name="WorkingDirectory">An absolute path inside the image.</param>
internal sealed record ContainerImage(
    string CopiedFrom,
    string CopiedTo,
    string WorkingDirectory,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyList<string> EntryPoint,
    IReadOnlyList<string> Command)
{
    /// <summary>The local path of a path inside the image; anything outside what was copied is left as it is.</summary>
    public string ToLocal(string path)
    {
        var root = CopiedTo.TrimEnd('/');
        if (path == root || path == root + "/") return CopiedFrom;
        return path.StartsWith(root + "/", StringComparison.Ordinal)
            ? Path.Combine(CopiedFrom, path[(root.Length + 1)..])
            : path;
    }
}
