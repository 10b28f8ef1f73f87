using System.CommandLine;
using Jobs.Cli.Stacks;
using Jobs.Core;

namespace Jobs.Cli.Commands;

/// <summary>Which of the sources a replay is from, as options: exactly one.</summary>
internal sealed class ReplayOptions
{
    private readonly Option<string?> _prefix = new("--prefix") { Description = "Objects of the bucket whose keys begin so.", HelpName = "incoming/" };
    private readonly Option<string?> _schedule = new("--schedule") { Description = "Planned times of a schedule, with --from and --to.", HelpName = "job/name" };
    private readonly Option<string?> _deadLetters = new("--dead-letters") { Description = "Messages of a dead-letter queue.", HelpName = "queue" };
    private readonly Option<bool> _failed = new("--failed") { Description = "Runs that failed, with --from and --to; of one job with --job." };
    private readonly Option<string?> _from = new("--from") { Description = "Begin of the time: a span back from now (6h, 7d) or a time (2026-03-01).", HelpName = "time" };
    private readonly Option<string?> _to = new("--to") { Description = "End of the time. Default: now.", HelpName = "time" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _prefix, _schedule, _deadLetters, _failed, SharedOptions.Job, _from, _to }) command.Options.Add(option);
    }

    /// <exception cref="CliException">It is none of them, or several, or a time is missing or wrong.</exception>
    public ReplaySource Read(ParseResult parsed, CliContext cli, IStack stack)
    {
        var (prefix, schedule, queue, failed) = (parsed.GetValue(_prefix), parsed.GetValue(_schedule), parsed.GetValue(_deadLetters), parsed.GetValue(_failed));
        var given = new[] { prefix is not null, schedule is not null, queue is not null, failed }.Count(one => one);
        if (given != 1) throw CliException.Usage($"A replay is of exactly one thing, but {given} were given. Say --prefix, --schedule, --dead-letters or --failed: {CommandLines.Help("replay")}");
        if (prefix is not null) return new ReplaySource.Prefix(prefix);
        if (queue is not null) return new ReplaySource.DeadLetters(DeadLetterMove.CheckName(queue, stack.Queues));
        var (from, to) = Window(parsed, cli);
        return failed ? new ReplaySource.Failed(parsed.GetValue(SharedOptions.Job), from, to) : new ReplaySource.Schedule(CheckSchedule(schedule!, stack), from, to);
    }

    private (DateTimeOffset From, DateTimeOffset To) Window(ParseResult parsed, CliContext cli)
    {
        var from = parsed.GetValue(_from) is { } begin
            ? TimeText.Parse("--from", begin, cli)
            : throw CliException.Usage("--schedule and --failed need the time they are about: --from 7d, or --from 2026-03-01 --to 2026-03-02.");
        var to = parsed.GetValue(_to) is { } end ? TimeText.Parse("--to", end, cli) : cli.Clock.GetUtcNow();
        return from < to ? (from, to) : throw CliException.Usage($"--from ({Output.Words.Time(from, cli.Zone)}) is not before --to ({Output.Words.Time(to, cli.Zone)}). Exchange them.");
    }

    /// <summary>Whether any of the sources was given.</summary>
    public bool IsGiven(ParseResult parsed) =>
        parsed.GetValue(_failed) || parsed.GetValue(_prefix) is not null || parsed.GetValue(_schedule) is not null || parsed.GetValue(_deadLetters) is not null;

    private static string CheckSchedule(string name, IStack stack) => name.Split('/') is [{ Length: > 0 }, { Length: > 0 }]
        ? name
        : throw CliException.Usage(
            $"--schedule '{name}' is not <job>/<name of the schedule>. They are listed by: {stack.Place.Lines.Status()}");
}
