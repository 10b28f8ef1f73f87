using System.CommandLine;
using Jobs.Cli.Output;
using Jobs.Cli.Shapes;

namespace Jobs.Cli.Commands;

/// <summary>Runs again what was: shows it first, and does it with --yes.</summary>
internal static class ReplayCommand
{
    private const int DefaultRate = 60;
    private const int MaxRate = 6_000;

    public static Command Create(CliContext cli)
    {
        var source = new ReplayOptions();
        var rate = new Option<int>("--rate") { Description = "Runs started a minute at most, 1 to 6000.", DefaultValueFactory = _ => DefaultRate, HelpName = "per-minute" };
        var force = new Option<bool>("--force") { Description = "Also what has run already." };
        var id = new Option<string?>("--id") { Description = "Your own key for it: sent again with the same key it goes on where it was. Default: a new one each time.", HelpName = "key" };
        var command = new CliCommand(
            "replay",
            "Runs again what a time, a prefix or a queue holds. Without --yes it only shows what would run.",
            "jobs replay --prefix incoming/2026/03/",
            "jobs replay --prefix incoming/2026/03/ --rate 120 --yes",
            "jobs replay --failed --job csv-import --from 24h --yes",
            "jobs replay --schedule hourly-report/hourly --from 2026-03-01 --to 2026-03-02",
            "jobs replay --dead-letters Uploads --yes");
        source.AddTo(command);
        foreach (var option in new Option[] { rate, force, id, SharedOptions.Yes, SharedOptions.Json }) command.Options.Add(option);
        command.OnStack(cli, async (parsed, stack, cancellation) =>
        {
            var what = source.Read(parsed, cli, stack);
            var perMinute = parsed.GetValue(rate) is var given and >= 1 and <= MaxRate ? given : throw CliException.Usage($"--rate {parsed.GetValue(rate)} is not from 1 to {MaxRate} a minute.");
            var key = SubmissionId.Read(parsed.GetValue(id), cli);
            var (sends, forced) = (parsed.GetValue(SharedOptions.Yes), parsed.GetValue(force));
            var (count, items) = await new ReplayPlan(stack).OfAsync(what, cancellation);
            if (sends && count != 0) await stack.Commands.SendAsync(CommandBodies.Replay(key, what, perMinute, forced), cancellation);
            var shape = new ReplayShape(key, what.Title, sends && count != 0, count, items);
            if (parsed.GetValue(SharedOptions.Json)) cli.WriteJson(shape, ShapeJson.Default.ReplayShape);
            else Print(cli, shape, perMinute, forced);
            return ExitCodes.Done;
        }, fresh: true);
        return command;
    }

    private static void Print(CliContext cli, ReplayShape replay, int perMinute, bool forced)
    {
        var table = new TextTable("Job", "Would", "What");
        foreach (var item in replay.Items)
        {
            var ran = item.RanAs is null || forced ? new Cell("run", "green") : new Cell($"skip: {item.RanState}", "grey");
            table.Add(new Cell(item.Job ?? "-", "bold"), ran, item.What);
        }

        if (table.Count > 0) table.Print(cli);
        var size = replay.Count is { } count ? Words.Invariant($"{count:#,0} {replay.Source}") : replay.Source;
        if (replay.Count > replay.Items.Count) cli.Note(Words.Invariant($"and {replay.Count - replay.Items.Count:#,0} more"));
        cli.WriteLine(replay.Sent ? $"Replaying {size}." : replay.Count == 0 ? $"There are no {replay.Source}: nothing to replay." : $"Dry run: {size}.");
        if (replay.Count == 0) return;
        var takes = replay.Count is { } all ? $" That takes about {Words.Span(TimeSpan.FromMinutes((double)all / perMinute))} at {perMinute} a minute." : "";
        cli.Note(replay.Sent
            ? $"{takes.TrimStart()} Watch it: jobs runs --follow   Should it stop half-way, go on with: the same command and --id {replay.Id}"
            : $"Nothing was started.{takes} Do it: the same command with --yes{(forced ? "" : "; what has run already is left out, unless --force")}");
    }
}
