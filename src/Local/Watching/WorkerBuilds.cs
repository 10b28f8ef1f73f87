using Jobs.Apps;
using Jobs.Local.Ground;
using Jobs.Local.Synthesis;
using Lapstack.Template;

namespace Jobs.Local.Watching;

/// <summary>
/// Builds the workers' projects of an app, each alone. What MSBuild says of a project, and its restored packages, hold
/// as long as only code changes.
/// </summary>
internal sealed class WorkerBuilds(string root)
{
    private static readonly Dictionary<string, string> NoVariables = [];
    private static readonly string[] NoRestore = ["--no-restore"];

    private readonly Dictionary<string, string> _names = [];
    private readonly HashSet<string> _restored = [];

    /// <summary>
    /// The one project that these changes lie in, if it is a worker's and nothing else that is deployed has its code.
    /// </summary>
    /// <returns>Null when they are of another kind.</returns>
    public async Task<WorkerProject?> FindAsync(
        IReadOnlySet<string> changes, CloudAssembly assembly, CancellationToken cancellation)
    {
        if (!changes.All(IsCode)) Forget();
        var projects = changes.Select(ProjectOf).Distinct().ToList();
        if (projects is not [{ } project]) return null;
        var name = await NameOfAsync(project, cancellation);
        var images = assembly.Images.Where(image => Has(image.Folder, name)).ToList();
        return images is [var one]
            && File.Exists(Path.Combine(one.Folder, $"{name}.runtimeconfig.json"))
            && !assembly.Files.Any(file => Has(file.Path, name))
                ? new WorkerProject(project, name, one)
                : null;
    }

    /// <summary>Builds the project into a folder of its own, with what else the image has.</summary>
    /// <exception cref="AppException">It does not compile; the message has the errors.</exception>
    public async Task PublishAsync(WorkerProject worker, string folder, CancellationToken cancellation)
    {
        Copy(new DirectoryInfo(worker.Image.Folder), folder);
        try
        {
            await DotnetAsync(worker, folder, _restored.Contains(worker.Project) ? NoRestore : [], cancellation);
        }
        catch (AppException e) when (IsOfRestore(e) && _restored.Remove(worker.Project))
        {
            // Another build of it, for another platform, may have restored it for that alone.
            await DotnetAsync(worker, folder, [], cancellation);
        }

        _restored.Add(worker.Project);
    }

    /// <summary>Projects are asked and restored anew: another build may have changed what is known of them.</summary>
    public void Forget()
    {
        _names.Clear();
        _restored.Clear();
    }

    // The next task should start soon; how fast it starts counts less here.
    private static Task<string> DotnetAsync(
        WorkerProject worker, string folder, string[] more, CancellationToken cancellation) => Tool.RunAsync(
            "dotnet",
            [
                "publish", worker.Project, "--output", folder, "--nologo", "--verbosity", "quiet",
                "-p:RunAnalyzers=false", "-p:PublishReadyToRun=false", .. more,
            ],
            worker.Folder,
            NoVariables,
            cancellation);

    private static bool IsCode(string path) => Path.GetExtension(path) is ".cs" or ".fs" or ".vb";

    /// <summary>The SDK's own errors, as that the assets file has no target for the platform: no compiler's.</summary>
    private static bool IsOfRestore(AppException error) => error.Message.Contains("NETSDK", StringComparison.Ordinal);

    private async Task<string> NameOfAsync(string project, CancellationToken cancellation)
    {
        if (_names.TryGetValue(project, out var known)) return known;
        var name = await Tool.RunAsync(
            "dotnet",
            ["msbuild", project, "-getProperty:AssemblyName", "-nologo"],
            Path.GetDirectoryName(project)!,
            NoVariables,
            cancellation);
        return _names[project] = name.Trim();
    }

    /// <summary>The project file in the nearest folder above a file that has one; null when there is none, or several.
    /// </summary>
    private string? ProjectOf(string file)
    {
        for (var folder = Path.GetDirectoryName(file); folder?.StartsWith(root, StringComparison.Ordinal) == true;
            folder = Path.GetDirectoryName(folder))
        {
            if (!Directory.Exists(folder)) continue;
            var projects = Directory.GetFiles(folder, "*.??proj");
            if (projects.Length > 0) return projects is [var only] ? only : null;
        }

        return null;
    }

    private static bool Has(string folder, string assembly) => File.Exists(Path.Combine(folder, $"{assembly}.dll"));

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles()) file.CopyTo(Path.Combine(to, file.Name), overwrite: true);
        foreach (var folder in from.EnumerateDirectories()) Copy(folder, Path.Combine(to, folder.Name));
    }
}
