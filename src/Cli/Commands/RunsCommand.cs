using System.CommandLine;
using Jobs.Cli.Ground;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Cli.Shapes;
using Jobs.Cli.Views;
using Jobs.Core;
using Jobs.Core.Pauses;
using Jobs.Core.Runs;

namespace Jobs.Cli.Commands;

/// <summary>Runs, newest first.</summary>
internal static class RunsCommand
{
    public static Command Create(CliContext cli)
    {
        var (options, follow) = (new RunOptions(), Follow());
        var command = new CliCommand(
            "runs",
            "Shows runs, newest first.",
            "dotnet jobs runs",
            "dotnet jobs runs --job csv-import --state failed --since 7d",
            "dotnet jobs runs --state active --follow",
            "dotnet jobs runs --key incoming/a.csv",
            "dotnet jobs runs --key incoming/a.csv --bucket acme-raw",
            "dotnet jobs runs --error 'no header' --since 7d",
            "dotnet jobs runs --label customer=acme",
            "dotnet jobs runs --json --limit 100 | jq -r '.runs[] | select(.state == \"Failed\") | .id'");
        options.AddTo(command);
        foreach (var option in new Option[] { follow, SharedOptions.Json }) command.Options.Add(option);
        command.OnStack(cli, async (parsed, stack, cancellation) =>
        {
            var filter = await options.ReadAsync(parsed, cli, stack, cancellation);
            var (json, follows) = (parsed.GetValue(SharedOptions.Json), parsed.GetValue(follow));
            if (filter.Key is not null && (filter.After is not null || follows))
            {
                throw CliException.Usage(
                    "--key has its runs on one page, so it goes with neither --page nor --follow.");
            }

            if (follows) return await new RunWatch(cli, stack, filter, json).FollowAsync(cancellation);
            var pausesRead = stack.Pauses.ReadAsync(cancellation);
            var listing = await RunListing.ReadAsync(stack, filter, cancellation);
            Print(cli, filter, listing, await pausesRead, stack.Place.Lines, json);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Option<bool> Follow() => new("--follow", "-f")
    {
        Description = "Shows these, then each change as it happens, until Ctrl-C.",
    };

    private static void Print(
        CliContext cli, RunFilter filter, RunListing listing, PauseList pauses, CommandLines lines, bool json)
    {
        var (now, unreadable) = (cli.Clock.GetUtcNow(), listing.Unreadable);
        if (json)
        {
            cli.WriteJson(
                new RunPageShape(
                    [.. listing.Runs.Select(run => RunShape.Of(run, pauses, now))],
                    listing.Next?.ToString(),
                    UnreadableShape.Of(unreadable)),
                ShapeJson.Default.RunPageShape);
            return;
        }

        if (listing.Runs.Count > 0) RunRows.Print(cli, listing.Runs, pauses, now);
        else if (filter.EndsBefore)
        {
            var (ended, since) = (Words.Time(filter.After!.At, cli.Zone), Words.Time(filter.Since!.Value, cli.Zone));
            cli.Note($"No more runs: the page before ended at {ended}, which is before --since {since}.");
        }
        else if (unreadable.Count == 0)
        {
            cli.Note(
                listing.Next is null ? $"No such runs. What starts one: {lines.List()}" : "None of those looked at.");
        }

        UnreadableRows.Print(cli, unreadable);
        if (listing.Next is { } next) cli.Note($"More: the same command with --page {next}");
    }
}
