using System.CommandLine;
using Jobs.Cli.Ground;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Cli.Shapes;
using Jobs.Core.Definitions;
using Jobs.Core.Pauses;

namespace Jobs.Cli.Commands;

/// <summary>The jobs of the stack.</summary>
internal static class ListCommand
{
    public static Command Create(CliContext cli)
    {
        var command = new CliCommand(
            "list",
            "Shows the jobs: their size, cap, limit, what starts them, their labels and who owns them.",
            "dotnet jobs list",
            "dotnet jobs list --json | jq -r '.jobs[].name'")
        {
            SharedOptions.Json,
        };
        command.Aliases.Add("ls");
        command.OnStack(cli, async (parsed, stack, cancellation) =>
        {
            var catalog = await stack.CatalogAsync(cancellation);
            var jobs = catalog.Jobs.OrderBy(job => job.Name, StringComparer.Ordinal).ToList();
            var (pauses, now) = (await stack.Pauses.ReadAsync(cancellation), cli.Clock.GetUtcNow());
            if (!parsed.GetValue(SharedOptions.Json)) Print(cli, jobs, pauses);
            else cli.WriteJson(JobListShape.Of(jobs, pauses, now), ShapeJson.Default.JobListShape);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Print(CliContext cli, List<JobDefinition> jobs, PauseList pauses)
    {
        // Columns that few stacks have anything for.
        var others = new (string Name, Func<JobDefinition, string?> Of)[]
        {
            ("Labels", job => job.Labels.Count == 0 ? null : string.Join(", ", job.Labels)),
            ("Owner", job => job.Owner),
        }.Where(column => jobs.Any(job => column.Of(job) is not null)).ToList();
        var table = new TextTable(
            ["Job", "Size", "Cap", "Limit", "Tries", "Started by", .. others.Select(column => column.Name)]);
        foreach (var job in jobs)
        {
            var triggers = TriggerWords.Of(job);
            Cell[] cells =
            [
                new Cell(job.Name, "bold"),
                Words.Size(job.Cpu, job.MemoryMiB) + (job.Spot ? ", Spot" : ""),
                job.MaxConcurrent is { } cap ? Words.Invariant($"{cap}") : "-",
                Words.Span(TimeSpan.FromMinutes(job.TimeoutMinutes)),
                Words.Invariant($"{job.Retry.Attempts}"),
                triggers.Count == 0 ? "submit" : triggers[0],
                .. others.Select(column => new Cell(column.Of(job) ?? "-")),
            ];
            table.Add(cells);
            foreach (var trigger in triggers.Skip(1))
            {
                table.Add(["", "", "", "", "", trigger, .. others.Select(_ => new Cell(""))]);
            }
        }

        table.Print(cli.Data);
        foreach (var pause in pauses.LastingAt(cli.Clock.GetUtcNow()))
        {
            cli.Data.WriteText($"{pause.Target} is {PauseWords.Of(pause)}", "yellow");
        }

        if (jobs.Count == 0) cli.Note("This stack has no jobs. Add a class with [Job] to src/Worker and deploy.");
    }
}
