using System.CommandLine;
using Jobs.Cli.Ground;
using Jobs.Cli.Import;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Cli.Shapes;
using Jobs.Core;

namespace Jobs.Cli.Commands;

internal static class ImportCommand
{
    private const string Copilot = "copilot";

    public static Command Create(CliContext cli)
    {
        var source = new Argument<string>("copilot")
        {
            Description = "What is imported: copilot, the manifests of AWS Copilot.",
        };
        source.AcceptOnlyFromAmong(Copilot);
        var folder = new Argument<string>("folder")
        {
            Description = "The folder copilot, the folder that has it, or one manifest.yml.",
            DefaultValueFactory = _ => ".",
        };
        var output = new Option<string>("--out")
        {
            Description = "Folder of the project that is written.",
            HelpName = "folder",
            DefaultValueFactory = _ => "jobs-from-copilot",
        };
        var force = new Option<bool>("--force")
        {
            Description = "Writes into a folder that is not empty, over files of the same name.",
        };
        var command = new CliCommand(
            "import",
            "Writes a CDK app of jobs from the manifests of AWS Copilot: its Scheduled Jobs and Worker Services. What " +
            "has no counterpart becomes a comment at its place, with the reason. Nothing is deployed.",
            "dotnet jobs import copilot",
            "dotnet jobs import copilot ../shop/copilot --out infra",
            "dotnet jobs import copilot copilot/report/manifest.yml --out report --json | jq '.jobs[].left'")
        {
            source, folder, output, force, SharedOptions.Json,
        };
        command.SetAction((parsed, _) => new Guard(cli).RunAsync(_ =>
        {
            Run(
                cli,
                parsed.GetValue(folder)!,
                parsed.GetValue(output)!,
                parsed.GetValue(force),
                parsed.GetValue(SharedOptions.Json));
            return Task.FromResult(ExitCodes.Done);
        }));
        return command;
    }

    private static void Run(CliContext cli, string folder, string output, bool force, bool json)
    {
        var full = Path.GetFullPath(output);
        if (!force && Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any())
        {
            throw CliException.Failed(
                $"{output} is not empty. Name another folder with --out, or write over files of the same name with " +
                "--force.");
        }

        var project = new CopilotImport(CopilotWorkspace.Find(folder), full).Convert();
        Directory.CreateDirectory(full);
        foreach (var (name, text) in project.Files) File.WriteAllText(Path.Combine(full, name), text);
        var steps = NextSteps(output, project);
        if (json) cli.WriteJson(ImportShape.Of(output, project, steps), ShapeJson.Default.ImportShape);
        else Print(cli, output, project, steps);
    }

    private static List<string> NextSteps(string output, ImportedProject project)
    {
        string[] environment = project.Environments.Count > 0 ? [$"environment={project.Environments[0]}"] : [];
        return
        [
            $"cd {CommandLines.Quoted(output)}",
            $"npx aws-cdk@2 synth --quiet{string.Concat(environment.Select(value => $" -c {value}"))}",
            CommandLines.Deploy([.. environment, "adminEmails=you@example.com"]),
        ];
    }

    private static void Print(
        CliContext cli, string output, ImportedProject project, IReadOnlyList<string> steps)
    {
        foreach (var workload in project.Workloads)
        {
            cli.WriteLine(
                new Cell(workload.Name, "bold"),
                $"  {workload.Type} of {workload.Manifest}, in {Path.Combine(output, workload.File)}: " +
                $"{Words.Count(workload.Mapped.Count, "field")} mapped, {workload.Left.Count} left as comments");
            foreach (var same in workload.Left.GroupBy(field => field.Reason))
            {
                foreach (var field in same)
                {
                    cli.WriteLine($"  {field.Path}: {Excerpt.Of(field.Value, 60)} (line {field.Line})");
                }

                cli.Data.WriteHanging(["    "], same.Key);
            }
        }

        foreach (var skipped in project.Skipped)
        {
            cli.Data.WriteHanging([new Cell(skipped.File, "bold"), "  "], $"not imported: {skipped.Reason}.");
        }

        cli.Note("\nRead the comments that begin with Left out. Then:");
        foreach (var step in steps) cli.Note($"  {step}");
        if (project.Environments.Count > 1)
        {
            var names = string.Join(", ", project.Environments);
            cli.Note($"The environments are {names}: a stack each, with -c stack=NAME.");
        }

        cli.Note("Until Copilot's own are deleted, both run: copilot job delete, copilot svc delete.");
    }
}
