using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Core;

namespace Jobs.Cli.Solutions;

/// <summary>A new solution, made by <c>dotnet new</c> and the template of this tool's version.</summary>
/// <param name="version">Of the packages.</param>
/// <param name="source">Feed with the template's package; null for those that NuGet is set up with.</param>
internal sealed class NewSolution(CliContext cli, string version, string? source)
{
    /// <summary>The template's choice of AWS's pipeline.</summary>
    public const string CodePipeline = "codepipeline";

    private const string Dotnet = "dotnet";

    /// <param name="name">Null to ask.</param>
    /// <param name="kinds">Of jobs; none to ask, if there is a person.</param>
    /// <param name="pipeline">The template's choice; null to ask, if there is a person, or for its default.</param>
    /// <exception cref="CliException">A name is missing or taken, or the template cannot be had.</exception>
    public async Task MakeAsync(
        string? name, IReadOnlyList<JobKind> kinds, string? pipeline, CancellationToken cancellation)
    {
        var asks = name is null;
        name ??= await cli.AskText("Name of the solution", cancellation) ?? throw CliException.Usage(
            $"The solution has no name, and there is no terminal to ask on: {CommandLines.Init("Acme")}");
        if (name.Trim() is not { Length: > 0 } solution || solution.IndexOfAny(['/', '\\']) >= 0)
        {
            throw CliException.Usage($"A solution's name is that of a folder (given: '{name}'). Such as Acme.");
        }

        var folder = Path.GetFullPath(solution);
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw CliException.Failed($"There is a folder {solution} already, with files in it. Give another name.");
        }

        if (asks && kinds.Count == 0) kinds = await AskAsync(cancellation);
        if (asks) pipeline ??= await AskPipelineAsync(cancellation);
        await RunAsync(
            ["new", "install", $"Jobs.Templates@{version}", "--force", .. Added(source)],
            $"The template's package, Jobs.Templates {version}, cannot be had: see above. --source names another feed.",
            cancellation);
        await RunAsync(
            [
                "new", "jobs", "--name", solution, "--allow-scripts", "yes", .. kinds.Select(kind => $"--{kind.Name}"),
                .. pipeline is null ? [] : new[] { "--pipeline", pipeline },
            ],
            "The solution could not be made: see above.",
            cancellation);
        cli.Note($"\n{solution} is made. Now:");
        cli.WriteLine($"  cd {CommandLines.Quoted(solution)}");
        cli.WriteLine("  dotnet test");
        cli.WriteLine($"  {CommandLines.Up()}   # the stack on this machine");
    }

    private async Task<IReadOnlyList<JobKind>> AskAsync(CancellationToken cancellation)
    {
        var chosen = new List<JobKind>();
        foreach (var kind in JobKind.All)
        {
            if (await cli.Ask(kind.Question, cancellation) == true) chosen.Add(kind);
        }

        return chosen;
    }

    private async Task<string?> AskPipelineAsync(CancellationToken cancellation) =>
        await cli.Ask("Deploy by AWS CodePipeline, not by GitHub?", cancellation) == true ? CodePipeline : null;

    private static string[] Added(string? source) => source is null ? [] : ["--add-source", source];

    private async Task RunAsync(IReadOnlyList<string> arguments, string failure, CancellationToken cancellation)
    {
        var folder = Directory.GetCurrentDirectory();
        var code = await cli.Programs.RunAsync(Dotnet, arguments, folder, cancellation);
        if (code != 0) throw CliException.Failed(failure);
    }
}
