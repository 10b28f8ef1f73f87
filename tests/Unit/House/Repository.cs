using System.Runtime.CompilerServices;

namespace Jobs.Tests.Unit.House;

/// <summary>The source as it lies on disk.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>C# files below the folders, without what is generated.</summary>
    public static IEnumerable<string> SourceFiles(params IEnumerable<string> folders) => Files("*.cs", folders);

    public static IEnumerable<string> Files(string pattern, params IEnumerable<string> folders) =>
        from folder in folders
        let path = Path.Combine(Root, folder)
        where Directory.Exists(path)
        from file in Directory.EnumerateFiles(path, pattern, SearchOption.AllDirectories)
        let parts = Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar)
        where !parts.Intersect(["bin", "obj", "cdk.out", "node_modules"]).Any()
        select file;

    public static string Relative(string file) => Path.GetRelativePath(Root, file);

    private static string Find([CallerFilePath] string here = "")
    {
        var folder = Directory.GetParent(here)!;
        while (!File.Exists(Path.Combine(folder.FullName, "jobs.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
