using Jobs.Cli.Import;

namespace Jobs.Tests.Unit.Cli.Import;

/// <summary>A workspace of Copilot in a folder of its own, and what is made of it.</summary>
internal sealed class CopilotFolder : IDisposable
{
    public const string Any =
        "name: any\ntype: Scheduled Job\non: {schedule: '@daily'}\nimage: {location: example.com/any:1}\n";

    /// <summary>Manifests with every field of the two types.</summary>
    public static string Whole { get; } = Path.Combine(AppContext.BaseDirectory, "Copilot");

    public string Root { get; } = Directory.CreateTempSubdirectory("jobs-copilot-").FullName;

    public string Out => Path.Combine(Root, "out");

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <param name="name">Of the manifest's folder.</param>
    public CopilotFolder With(string name, string manifest)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root, "copilot", name)).FullName;
        File.WriteAllText(Path.Combine(folder, "manifest.yml"), manifest);
        return this;
    }

    public ImportedProject Import() => new CopilotImport(CopilotWorkspace.Find(Root), Out).Convert();

    /// <summary>The class of the only workload.</summary>
    public static string Code(string manifest)
    {
        using var folder = new CopilotFolder().With("any", manifest);
        var project = folder.Import();
        return project.Files.Single(file => file.Name == Assert.Single(project.Workloads).File).Text;
    }
}
