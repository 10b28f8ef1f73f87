using Jobs.Core.Definitions;

namespace Jobs.Cdk.Assets;

/// <summary>
/// The functions with the catalog of this stack's jobs and the time zones of their schedules beside them, in a folder
/// that lives until CDK has copied it. The same files give the same asset hash.
/// </summary>
internal sealed class FunctionAsset : IDisposable
{
    private const UnixFileMode Executable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private FunctionAsset(string folder) => Folder = folder;

    public string Folder { get; }

    public static FunctionAsset Stage(FunctionBuild build, JobCatalog catalog)
    {
        var folder = Directory.CreateTempSubdirectory("jobs-functions-").FullName;
        foreach (var file in build.Files)
        {
            var copy = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(build.Folder, file), copy);
        }

        // A package of NuGet's does not keep it.
        if (build.Program is { } program && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(folder, program), Executable);
        }

        File.WriteAllText(Path.Combine(folder, JobCatalog.FileName), catalog.ToJson());
        ZoneFiles.Copy(
            Path.Combine(folder, JobCatalog.ZonesFolder),
            catalog.Jobs.SelectMany(job => job.Schedules).Select(schedule => schedule.TimeZone).OfType<string>());
        Date(folder);
        return new FunctionAsset(folder);
    }

    /// <summary>
    /// CDK remembers a file's digest by inode, time and size, and the system gives an inode away again: no file of an
    /// earlier folder has this time.
    /// </summary>
    private static void Date(string folder)
    {
        var staged = Directory.GetLastWriteTimeUtc(folder);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, staged);
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
