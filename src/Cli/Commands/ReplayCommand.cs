using System.CommandLine;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Cli.Shapes;
using Jobs.Cli.Views;
using Jobs.Core.Replays;

namespace Jobs.Cli.Commands;

/// <summary>Runs again what was: shows it first, does it when told to, and stays until it is done.</summary>
internal static class ReplayCommand
{
    public static Command Create(CliContext cli)
    {
        var source = new ReplayOptions();
        var rate = new Option<int>("--per-minute")
        {
            Description = $"Runs started, or messages moved, a minute at most, 1 to {Replay.MaxPerMinute}.",
            DefaultValueFactory = _ => Replay.DefaultPerMinute,
            HelpName = "count",
        };
        var force = new Option<bool>("--force") { Description = "Also what has run already." };
        var id = new Option<string?>("--id")
        {
            Description = "Its key. Alone: shows the replay of this key, and goes on with one that was given up. " +
            "With a source: your own key for it.",
            HelpName = "key",
        };
        var cancel = new Option<bool>("--cancel")
        {
            Description = "With --id alone: ends this replay. The runs that it started go on.",
        };
        var command = new CliCommand(
            "replay",
            "Runs again what a time, a prefix or a queue holds. It shows first what would run, and does it when told " +
            "to, here or by --yes. Then it shows how far it is; Ctrl-C leaves it going.",
            "dotnet jobs replay --prefix incoming/2026/03/",
            "dotnet jobs replay --prefix incoming/2026/03/ --per-minute 120 --yes",
            "dotnet jobs replay --failed --job csv-import --from 24h --yes",
            "dotnet jobs replay --schedule hourly-report/rate-1-hour --from 2026-03-01 --to 2026-03-02",
            "dotnet jobs replay --dead-letters Uploads --per-minute 30 --yes",
            "dotnet jobs replay --id cli-20260301120000-0123456789ab",
            "dotnet jobs replay --id cli-20260301120000-0123456789ab --cancel");
        source.AddTo(command);
        foreach (var option in new Option[] { rate, force, id, cancel, SharedOptions.Yes, SharedOptions.Json })
        {
            command.Options.Add(option);
        }

        command.OnStack(cli, async (parsed, stack, cancellation) =>
        {
            var known = parsed.GetValue(id);
            var isKnown = known is not null && !source.IsGiven(parsed);
            if (parsed.GetValue(cancel) && !isKnown) throw CliException.Usage(
                "--cancel ends a replay that is under way: say which with --id, and nothing else. " +
                stack.Place.Lines.CancelReplay("ID"));
            var wish = new ReplayWish(
                SubmissionId.Read(known, cli),
                parsed.GetValue(rate) is var given and >= 1 and <= Replay.MaxPerMinute
                    ? given
                    : throw CliException.Usage(
                        $"--per-minute {parsed.GetValue(rate)} is not from 1 to {Replay.MaxPerMinute}."),
                parsed.GetValue(force),
                parsed.GetValue(SharedOptions.Yes),
                parsed.GetValue(SharedOptions.Json));
            var again = new ReplayAgain(cli, stack);
            if (isKnown && parsed.GetValue(cancel)) return await again.CancelAsync(wish, cancellation);
            if (isKnown) return await again.LookAsync(wish, cancellation);
            return source.DeadLetters(parsed, stack) is { } queue
                ? await new ReplayMove(cli, stack, queue, wish).RunAsync(cancellation)
                : await BeginAsync(cli, stack, source.Read(parsed, cli, stack), wish, cancellation);
        }, fresh: true);
        return command;
    }

    private static async Task<int> BeginAsync(
        CliContext cli, IStack stack, ReplaySource source, ReplayWish wish, CancellationToken cancellation)
    {
        var found = await new ReplayPlan(stack, cli.Clock, wish.Force).OfAsync(source, cancellation);
        var screen = new ReplayScreen(cli, wish, stack.Place.Lines);
        if (!await screen.IsWantedAsync(SourceWords.Of(source), found, cancellation)) return ExitCodes.Done;
        await stack.Commands.SendAsync(CommandBodies.Replay(wish.Id, source, wish.PerMinute, wish.Force), cancellation);
        cli.Note(
            $"Sent. Ctrl-C leaves it going. Look at it again: {stack.Place.Lines.Replay(wish.Id)}   " +
            "End it: the same with --cancel");
        int? count = found.IsComplete ? found.Count : null;
        var end = await new ReplayWatch(cli, stack).FollowAsync(wish.Id, count, isGoingOn: false, cancellation);
        if (wish.Json) screen.WriteJson(SourceWords.Of(source), found, ReplayProgressShape.Of(end));
        else screen.PrintEnd(end);
        return ReplayScreen.ExitCodeOf(end);
    }
}
