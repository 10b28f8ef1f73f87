using System.CommandLine;
using Jobs.Cli.Ground;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Cli.Shapes;
using Jobs.Core.Pauses;

namespace Jobs.Cli.Commands;

/// <summary>Lets a job, or one of its schedules, start nothing until it is resumed.</summary>
internal static class PauseCommand
{
    public static Command Create(CliContext cli)
    {
        var (job, schedule) = (PauseTarget.Argument(), PauseTarget.Option());
        var until = new Option<string?>("--until", "-u")
        {
            Description = "When it ends by itself, 1 minute to 365 days from now: a span (30m, 6h, 7d) or a time " +
                "(2026-03-01, 2026-03-01T12:00Z). Default: when it is resumed.",
            HelpName = "time",
        };
        var reason = new Option<string>("--reason", "-r")
        {
            Description = "Why, in a sentence of 1 to 200 characters: all who look at the job read it.",
            HelpName = "text",
            Required = true,
        };
        var command = new CliCommand(
            "pause",
            "Lets a job, or one of its schedules, start nothing until it is resumed. What runs goes on; what comes " +
            "waits, or is skipped if the job declares that. It takes effect within a minute.",
            "dotnet jobs pause csv-import --reason \"The warehouse is migrated.\"",
            "dotnet jobs pause csv-import --until 6h --reason \"The warehouse is migrated.\"",
            "dotnet jobs pause hourly-report --schedule rate-1-hour --until 2030-03-01 --reason \"It is rewritten.\"")
        {
            job, schedule, until, reason, SharedOptions.Json,
        };
        command.OnStack(cli, async (parsed, stack, cancellation) =>
        {
            var why = Check(parsed.GetRequiredValue(reason).Trim());
            var target = await PauseTarget.ReadAsync(
                stack, parsed.GetRequiredValue(job), parsed.GetValue(schedule), cancellation);
            var (id, end) = (cli.NewId(), UntilOf(parsed.GetValue(until), cli));
            await stack.Commands.SendAsync(
                CommandBodies.Pause(id, target.Job, target.Schedule, end, why), cancellation);
            if (parsed.GetValue(SharedOptions.Json))
            {
                cli.WriteJson(new SentShape("pause", id, null), ShapeJson.Default.SentShape);
                return ExitCodes.Done;
            }

            var time = end is { } at ? $", until {Words.Time(at, cli.Zone)}" : "";
            cli.WriteLine(
                $"Pausing {target}{time}. End it: {stack.Place.Lines.Resume(target.Job, target.Schedule)}");
            return ExitCodes.Done;
        });
        return command;
    }

    /// <exception cref="CliException">It is empty, too long, or not one line.</exception>
    public static string Check(string reason) => reason is { Length: >= 1 and <= Pause.MaxReason }
        && !reason.Any(char.IsControl)
        ? reason
        : throw CliException.Usage(
            $"--reason has 1 to {Pause.MaxReason} printable characters on one line (it has {reason.Length}).");

    private static DateTimeOffset? UntilOf(string? text, CliContext cli)
    {
        if (text is null) return null;
        var now = cli.Clock.GetUtcNow();
        var until = (TimeText.SpanOf(text) is { } span ? now + span : TimeText.Parse("--until", text, cli))
            .ToUniversalTime();
        return until - now >= Pause.Shortest && until - now <= Pause.Longest
            ? until
            : throw CliException.Usage(
                $"--until {text} is {Words.Ago(until, now)}, and a pause lasts 1 minute to {Pause.Longest.Days} days. " +
                "Leave it out for one that lasts until it is ended.");
    }
}
