using System.CommandLine;
using System.Globalization;
using Jobs.Cli.Ground;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Cli.Shapes;
using Jobs.Cli.Verify;
using Jobs.Core;

namespace Jobs.Cli.Commands;

/// <summary>Proves a deployment from outside.</summary>
internal static class VerifyCommand
{
    private const int DefaultMinutes = 15;

    private const int MostMinutes = 120;

    public static Command Create(CliContext cli)
    {
        var only = new Option<string?>("--only")
        {
            Description = $"Some of the promises, with commas between: {string.Join(", ", Verification.Names)}. " +
                "Default: all.",
            HelpName = "names",
        };
        var timeout = new Option<int?>("--timeout")
        {
            Description = "Minutes after which what has not come is missed, 1 to 120. Default: 15.",
            HelpName = "minutes",
        };
        var command = new CliCommand(
            "verify",
            "Proves a deployment from outside: canary jobs are uploaded to, scheduled, queued, made to fail, timed out " +
            "and cancelled. It takes a few minutes and removes what it leaves.",
            "dotnet jobs verify",
            "dotnet jobs verify --only upload,email",
            "dotnet jobs verify --json | jq '.promises[] | select(.outcome == \"broken\")'")
        {
            only, timeout, SharedOptions.Json,
        };
        command.OnStack(
            cli,
            async (parsed, stack, cancellation) =>
            {
                var names = Chosen(parsed.GetValue(only));
                var minutes = parsed.GetValue(timeout) ?? DefaultMinutes;
                if (minutes is < 1 or > MostMinutes)
                {
                    throw CliException.Usage($"--timeout {minutes} is not from 1 to {MostMinutes} minutes.");
                }

                var findings = await VerifyAsync(cli, stack, names, TimeSpan.FromMinutes(minutes), cancellation);
                if (parsed.GetValue(SharedOptions.Json))
                {
                    cli.WriteJson(VerifyShape.Of(findings), ShapeJson.Default.VerifyShape);
                }
                else Print(cli, findings);

                return findings.Any(finding => finding.Standing == Standing.Broken)
                    ? ExitCodes.Failed
                    : ExitCodes.Done;
            },
            fresh: true);
        return command;
    }

    private static async Task<IReadOnlyList<Finding>> VerifyAsync(
        CliContext cli, IStack stack, string[] names, TimeSpan limit, CancellationToken cancellation)
    {
        var gate = new Lock();
        var probe = cli.Probe(stack.Place);
        using var made = probe as IDisposable;
        var verification = new Verification(stack, probe, cli.Clock, cli.NewId(), limit, Tell);
        cli.Note(
            $"Verifying {stack.Place.Title}: {string.Join(", ", names.Length == 0 ? Verification.Names : names)}. It " +
            "takes a few minutes; Ctrl-C ends it and removes what it left.");
        try
        {
            return await verification.RunAsync(names, cancellation);
        }
        catch (OperationCanceledException)
        {
            cli.Note(verification.Left.Count == 0 ? "Interrupted. Nothing is left." : "Interrupted.");
            throw;
        }
        finally
        {
            foreach (var left in verification.Left) cli.Fault($"Still there: {left}");
        }

        // Trials end side by side, and a line is written in parts.
        void Tell(Finding finding)
        {
            lock (gate)
            {
                cli.Notes.WriteLine(
                    Mark(finding.Standing), " ", finding.Name, new Cell($" {Said(finding.Standing)}", "grey"));
            }
        }
    }

    /// <exception cref="CliException">A name is none of a promise.</exception>
    private static string[] Chosen(string? only)
    {
        var names = (only ?? "").Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.Except(Verification.Names).FirstOrDefault() is not { } unknown) return names;
        var nearest = Spelling.Nearest(unknown, Verification.Names);
        throw CliException.Usage(
            $"--only '{unknown}' is no promise{(nearest is null ? "." : $"; did you mean '{nearest}'?")} There are: " +
            $"{string.Join(", ", Verification.Names)}.");
    }

    private static void Print(CliContext cli, IReadOnlyList<Finding> findings)
    {
        var width = findings.Max(finding => finding.Name.Length);
        var margin = new string(' ', width + 4);
        foreach (var finding in findings)
        {
            cli.Data.WriteHanging(
                [Mark(finding.Standing), " ", new Cell(finding.Name.PadRight(width), "bold"), "  "], finding.Expected);
            cli.Data.WriteHanging([margin], new Cell(finding.Seen, "grey"));
            if (finding.NextStep is not { } step) continue;
            cli.Data.WriteHanging([margin, new Cell("→ ", "bold")], new Cell(step, "bold"));
        }

        var (broken, untried) = (Count(Standing.Broken), Count(Standing.NotTried));
        var kept = findings.Count - broken - untried;
        cli.Note(string.Create(
            CultureInfo.InvariantCulture, $"\n{kept} kept, {broken} broken, {untried} not tried."));

        int Count(Standing standing) => findings.Count(finding => finding.Standing == standing);
    }

    private static Cell Mark(Standing standing) => standing switch
    {
        Standing.Kept => new Cell("✓", "green"),
        Standing.Broken => new Cell("✗", "red"),
        _ => new Cell("-", "yellow"),
    };

    private static string Said(Standing standing) => standing switch
    {
        Standing.Kept => "is kept",
        Standing.Broken => "is broken",
        _ => "is not tried",
    };
}
