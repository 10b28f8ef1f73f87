using System.CommandLine;
using Jobs.Cli.Ground;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Replays;

namespace Jobs.Cli.Commands;

/// <summary>Which of the sources a replay is from, as options: exactly one.</summary>
internal sealed class ReplayOptions
{
    private readonly Option<string?> _prefix = new("--prefix")
    {
        Description = "Objects of the runner's bucket whose keys begin so; of another one with --bucket.",
        HelpName = "incoming/",
    };
    private readonly Option<string?> _schedule = new("--schedule")
    {
        Description = "Planned times of a schedule, with --from and --to.",
        HelpName = "job/name",
    };
    private readonly Option<string?> _deadLetters = new("--dead-letters")
    {
        Description = "Messages of a dead-letter queue.",
        HelpName = "queue",
    };
    private readonly Option<bool> _failed = new("--failed")
    {
        Description = "Runs that failed, with --from and --to; of one job with --job.",
    };
    private readonly Option<string?> _from = new("--from")
    {
        Description = "Begin of the time: a span back from now (6h, 7d) or a time (2026-03-01).",
        HelpName = "time",
    };
    private readonly Option<string?> _to = new("--to")
    {
        Description = "End of the time. Default: now.",
        HelpName = "time",
    };

    public void AddTo(Command command)
    {
        foreach (
            var option in new Option[]
            {
                _prefix, SharedOptions.Bucket, _schedule, _deadLetters, _failed, SharedOptions.Job, _from, _to,
            })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Whether any of the sources was given.</summary>
    public bool IsGiven(ParseResult parsed) => Given(parsed) > 0;

    /// <summary>The dead-letter queue that it is from; null when it is from something else.</summary>
    /// <exception cref="CliException">It is none of the sources, or several, or there is no such queue.</exception>
    public string? DeadLetters(ParseResult parsed, IStack stack)
    {
        if (Given(parsed) is not 1 and var given)
        {
            throw CliException.Usage(
                $"A replay is of exactly one thing, but {given} were given. Say --prefix, --schedule, --dead-letters " +
                $"or --failed: {CommandLines.Help("replay")}");
        }

        if (parsed.GetValue(SharedOptions.Bucket) is not null && parsed.GetValue(_prefix) is null)
        {
            throw CliException.Usage("--bucket goes with --prefix: say which objects of it.");
        }

        return parsed.GetValue(_deadLetters) is { } queue ? QueueNames.Check(queue, stack.Queues) : null;
    }

    /// <summary>Anything else that it is from.</summary>
    /// <exception cref="CliException">The source or its time is missing or wrong.</exception>
    public ReplaySource Read(ParseResult parsed, CliContext cli, IStack stack)
    {
        if (parsed.GetValue(_prefix) is { } prefix) return ReadPrefix(prefix, parsed, stack);
        var (from, to) = Window(parsed, cli);
        return parsed.GetValue(_schedule) is { } schedule
            ? new ReplaySource.Window(KeyOf(schedule, stack), from, to)
            : new ReplaySource.Failed(parsed.GetValue(SharedOptions.Job), from, to);
    }

    private static ReplaySource.Prefix ReadPrefix(string prefix, ParseResult parsed, IStack stack)
    {
        var bucket = parsed.GetValue(SharedOptions.Bucket);
        var isRunners = bucket is not null && bucket == stack.Place.Output(OutputNames.Bucket);
        return Rejected.AsFailed(() => new ReplaySource.Prefix(prefix) { Bucket = isRunners ? null : bucket });
    }

    private int Given(ParseResult parsed) => new[]
    {
        parsed.GetValue(_prefix) is not null,
        parsed.GetValue(_schedule) is not null,
        parsed.GetValue(_deadLetters) is not null,
        parsed.GetValue(_failed),
    }.Count(one => one);

    /// <summary>In whole seconds, as it is said.</summary>
    private (DateTimeOffset From, DateTimeOffset To) Window(ParseResult parsed, CliContext cli)
    {
        var from = parsed.GetValue(_from) is { } begin
            ? TimeText.Parse("--from", begin, cli)
            : throw CliException.Usage(
                "--schedule and --failed need the time they are about: --from 7d, or --from 2026-03-01 --to 2026-03-02.");
        var to = parsed.GetValue(_to) is { } end ? TimeText.Parse("--to", end, cli) : cli.Clock.GetUtcNow();
        (from, to) = (WholeSecond(from), WholeSecond(to));
        return from < to ? (from, to) : throw CliException.Usage(
            $"--from ({Words.Time(from, cli.Zone)}) is not before --to ({Words.Time(to, cli.Zone)}). Exchange them.");
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond));

    private static ScheduleKey KeyOf(string name, IStack stack)
    {
        if (name.Split('/') is [{ Length: > 0 }, { Length: > 0 }]) return ScheduleKey.Parse(name);
        throw CliException.Usage(
            $"--schedule '{name}' is not <job>/<name of the schedule>. To list them: {stack.Place.Lines.Status()}");
    }
}
