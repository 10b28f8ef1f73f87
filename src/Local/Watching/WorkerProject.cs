using Jobs.Apps;
using Jobs.Local.Ground;
using Jobs.Local.Synthesis;
using Lapstack.Template;

namespace Jobs.Local.Watching;

/// <summary>A project whose published files are an image of the stack.</summary>
/// <param name="Project">Path of its project file.</param>
/// <param name="Assembly">Name of what it builds, which the image starts.</param>
internal sealed record WorkerProject(string Project, string Assembly, ImageAsset Image)
{
    private static readonly Dictionary<string, string> NoVariables = [];

    /// <summary>
    /// The one project that these changes lie in, if it is a worker's and nothing else that is deployed has its code.
    /// </summary>
    /// <returns>Null when they are of another kind.</returns>
    public static async Task<WorkerProject?> OfAsync(
        string root, IEnumerable<string> changes, CloudAssembly assembly, CancellationToken cancellation)
    {
        var projects = changes.Select(change => ProjectOf(root, change)).Distinct().ToList();
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
    public async Task PublishAsync(string folder, CancellationToken cancellation)
    {
        Copy(new DirectoryInfo(Image.Folder), folder);
        // The next task should start soon; how fast it starts counts less here.
        await Tool.RunAsync(
            "dotnet",
            [
                "publish", Project, "--output", folder, "--nologo", "--verbosity", "quiet", "-p:RunAnalyzers=false",
                "-p:PublishReadyToRun=false",
            ],
            Path.GetDirectoryName(Project)!,
            NoVariables,
            cancellation);
    }

    private static async Task<string> NameOfAsync(string project, CancellationToken cancellation) => (
        await Tool.RunAsync(
            "dotnet",
            ["msbuild", project, "-getProperty:AssemblyName", "-nologo"],
            Path.GetDirectoryName(project)!,
            NoVariables,
            cancellation)).Trim();

    /// <summary>The project file in the nearest folder above a file that has one; null when there is none, or several.
    /// </summary>
    private static string? ProjectOf(string root, string file)
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
