using System.CommandLine;
using Jobs.Cli.Ground;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Cli.Shapes;
using Jobs.Cli.Views;
using Jobs.Core;
using Jobs.Core.Runs;

namespace Jobs.Cli.Commands;

/// <summary>Runs, newest first.</summary>
internal static class RunsCommand
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 1_000;

    public static Command Create(CliContext cli)
    {
        var state = new Option<string?>("--state", "-s") { Description = $"Only of this state, or active for all that are not over: {string.Join(", ", StateNames.All)}.", HelpName = "state" };
        var limit = new Option<int>("--limit", "-n") { Description = "Runs on a page, 1 to 1000.", DefaultValueFactory = _ => DefaultLimit, HelpName = "count" };
        var page = new Option<string?>("--page") { Description = "Goes on where a page ended: the token that it ended with.", HelpName = "token" };
        var follow = new Option<bool>("--follow", "-f") { Description = "Shows these, then each change as it happens, until Ctrl-C." };
        var label = new Option<string?>("--label", "-l") { Description = "Only those called so by whoever submitted them.", HelpName = "name=value" };
        state.CompletionSources.Add([.. StateNames.All]);
        var command = new CliCommand(
            "runs",
            "Shows runs, newest first.",
            "dotnet jobs runs",
            "dotnet jobs runs --job csv-import --state failed --since 7d",
            "dotnet jobs runs --state active --follow",
            "dotnet jobs runs --label customer=acme",
            "dotnet jobs runs --json --limit 100 | jq -r '.runs[] | select(.state == \"Failed\") | .id'")
        {
            SharedOptions.Job, state, label, SharedOptions.Since, limit, page, follow, SharedOptions.Json,
        };
        command.OnStack(cli, async (parsed, stack, cancellation) =>
        {
            var filter = new RunFilter
            {
                Jobs = await JobsAsync(stack, parsed.GetValue(SharedOptions.Job), cancellation),
                States = StateNames.Parse(parsed.GetValue(state)),
                Label = parsed.GetValue(label) is { } typed ? LabelText.Parse(typed) : null,
                Since = parsed.GetValue(SharedOptions.Since) is { } since ? TimeText.Parse("--since", since, cli) : null,
                Limit = parsed.GetValue(limit) is var count and >= 1 and <= MaxLimit ? count : throw CliException.Usage($"--limit {parsed.GetValue(limit)} is not from 1 to {MaxLimit}. For more, go on with --page."),
                After = parsed.GetValue(page) is { } token ? CursorOf(token) : null,
            };
            var json = parsed.GetValue(SharedOptions.Json);
            if (parsed.GetValue(follow)) return await new RunWatch(cli, stack, filter, json).FollowAsync(cancellation);
            Print(cli, filter, await RunListing.ReadAsync(stack, filter, cancellation), stack.Place.Lines, json);
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<IReadOnlyList<string>> JobsAsync(IStack stack, string? job, CancellationToken cancellation)
    {
        var known = await stack.History.JobsAsync(cancellation);
        return job is null ? known : [JobNames.Check(job, known, stack.Place.Lines)];
    }

    private static HistoryCursor CursorOf(string token) => HistoryCursor.TryParse(token) ?? throw CliException.Usage(
        $"--page '{Excerpt.Of(token, 60)}' is not the token that a page ended with. Copy it from there, or leave it out to begin with the newest.");

    private static void Print(
        CliContext cli, RunFilter filter, RunListing listing, CommandLines lines, bool json)
    {
        var (now, unreadable) = (cli.Clock.GetUtcNow(), listing.Unreadable);
        if (json)
        {
            cli.WriteJson(
                new RunPageShape(
                    [.. listing.Runs.Select(run => RunShape.Of(run, now))], listing.Next?.ToString(), UnreadableShape.Of(unreadable)),
                ShapeJson.Default.RunPageShape);
            return;
        }

        if (listing.Runs.Count > 0) RunRows.Print(cli, listing.Runs, now);
        else if (filter.EndsBefore)
        {
            var (ended, since) = (Words.Time(filter.After!.At, cli.Zone), Words.Time(filter.Since!.Value, cli.Zone));
            cli.Note($"No more runs: the page before ended at {ended}, which is before --since {since}.");
        }
        else if (unreadable.Count == 0)
        {
            cli.Note(
                listing.Next is null ? $"No such runs. What starts one: {lines.List()}" : "None among those looked at.");
        }

        UnreadableRows.Print(cli, unreadable);
        if (listing.Next is { } next) cli.Note($"More: the same command with --page {next}");
    }
}
