using Jobs.Core.Definitions;

namespace Jobs.Cdk.Assets;

/// <summary>
/// The published functions with the catalog of this stack's jobs beside them, in a folder that lives until CDK has
/// copied it. The same files give the same asset hash.
/// </summary>
internal sealed class FunctionAsset : IDisposable
{
    /// <summary>Name of the functions' assembly, which is the handler of an executable one.</summary>
    public const string Handler = "Jobs.Functions";

    private FunctionAsset(string folder) => Folder = folder;

    public string Folder { get; }

    public static FunctionAsset Stage(string published, JobCatalog catalog)
    {
        var folder = Directory.CreateTempSubdirectory("jobs-functions-").FullName;
        // CDK remembers a file's digest by inode, time and size, and the system gives an inode away again: no file of
        // an earlier folder has this time.
        var staged = Directory.GetLastWriteTimeUtc(folder);
        foreach (var file in Directory.EnumerateFiles(published, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(published, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
            File.SetLastWriteTimeUtc(copy, staged);
        }

        File.WriteAllText(Path.Combine(folder, JobCatalog.FileName), catalog.ToJson());
        return new FunctionAsset(folder);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
