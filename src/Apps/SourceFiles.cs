namespace Jobs.Apps;

/// <summary>
/// The files that an app is made from, whatever their layout: all in its workspace but what builds and tools write.
/// </summary>
public static class SourceFiles
{
    private static readonly HashSet<string> Written = new(StringComparer.OrdinalIgnoreCase)
    {
        "bin", "obj", "cdk.out", "node_modules",
    };

    /// <summary>Links are not followed: they may lead in a circle.</summary>
    private static readonly EnumerationOptions Plain = new() { AttributesToSkip = FileAttributes.ReparsePoint };

    public static bool IsSourceFolder(string folder) =>
        Path.GetFileName(folder) is { Length: > 0 } name && name[0] != '.' && !Written.Contains(name);

    /// <summary>Whether a file with this path below the root is one of them.</summary>
    public static bool IsSource(string root, string path) =>
        Path.GetDirectoryName(Path.GetRelativePath(root, path))!
            .Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries)
            .All(IsSourceFolder);

    public static IEnumerable<FileInfo> Below(string folder) => Below(new DirectoryInfo(folder));

    private static IEnumerable<FileInfo> Below(DirectoryInfo folder) => folder.EnumerateFiles("*", Plain).Concat(
        folder.EnumerateDirectories("*", Plain).Where(inner => IsSourceFolder(inner.Name)).SelectMany(Below));
}
