using System.CommandLine;
using Jobs.Cli.Ground;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Cli.Shapes;
using Jobs.Cli.Views;
using Jobs.Core.Costs;

namespace Jobs.Cli.Commands;

/// <summary>What Fargate charged for the runs of a time.</summary>
internal static class CostCommand
{
    private const string DefaultSince = "7d";

    public static Command Create(CliContext cli)
    {
        var command = new CliCommand(
            "cost",
            "Shows what Fargate charged for the runs since a time, by job: from the tasks' billed seconds, sizes " +
            $"and {FargatePrices.UsEast1.Region} prices. Default: {DefaultSince}.",
            "dotnet jobs cost",
            "dotnet jobs cost --job csv-import --since 30d",
            "dotnet jobs cost --json | jq .dollars")
        {
            SharedOptions.Job, SharedOptions.Since, SharedOptions.Json,
        };
        command.OnStack(cli, async (parsed, stack, cancellation) =>
        {
            var known = await stack.History.JobsAsync(cancellation);
            var jobs = parsed.GetValue(SharedOptions.Job) is { } job
                ? [JobNames.Check(job, known, stack.Place.Lines)]
                : known;
            var since = TimeText.Parse("--since", parsed.GetValue(SharedOptions.Since) ?? DefaultSince, cli);
            var sum = await CostSum.ReadAsync(cli, stack, jobs, since, cancellation);
            if (!parsed.GetValue(SharedOptions.Json)) Print(cli, sum);
            else cli.WriteJson(CostSumShape.Of(sum), ShapeJson.Default.CostSumShape);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Print(CliContext cli, CostSum sum)
    {
        var table = new TextTable("Job", "Runs", "Fargate", "Cost", "A run", "Of it failed");
        foreach (var job in sum.Jobs)
        {
            table.Add(
                new Cell(job.Job, "bold"),
                Words.Invariant($"{job.Runs:#,0}"),
                Words.Span(job.Billed),
                Words.Dollars(job.Dollars),
                job.Runs > 0 ? Words.Dollars(job.Dollars / job.Runs) : "-",
                job.FailedDollars > 0 ? new Cell(Words.Dollars(job.FailedDollars), "red") : "-");
        }

        table.Print(cli.Data);
        cli.WriteLine(
            new Cell(Words.Dollars(sum.Dollars), "bold"),
            $" for {Words.Count(sum.Runs, "run")} since {Words.Time(sum.Since, cli.Zone)}");
        UnreadableRows.Print(cli, sum.Unreadable);
        if (sum.Unreadable.Count > 0) cli.Note("What could not be read is not in it.");
        var spot = sum.HasSpot ? ", Spot estimated" : "";
        cli.Note($"{FargatePrices.UsEast1.Region} prices{spot}. DynamoDB, Lambda, S3 and logs are not in it.");
    }
}
