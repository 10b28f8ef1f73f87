using Jobs.Cli.Doctor;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;

namespace Jobs.Cli.Views;

/// <summary>Checks as people read them: a line each, and below what is wrong what to do.</summary>
internal static class CheckScreen
{
    public static void Print(CliContext cli, IReadOnlyList<Check> checks)
    {
        var width = checks.Max(check => check.Name.Length);
        foreach (var check in checks)
        {
            cli.Data.WriteHanging([MarkOf(check.Outcome), " ", check.Name.PadRight(width), "  "], check.Detail);
            if (check.Remedy is not { } remedy) continue;
            cli.Data.WriteHanging([new string(' ', width + 4), new Cell("→ ", "bold")], new Cell(remedy, "bold"));
        }

        var (errors, warnings, unknown) = (Count(Outcome.Error), Count(Outcome.Warning), Count(Outcome.Unknown));
        var counted = $"{Words.Count(errors, "error")}, {Words.Count(warnings, "warning")}";
        var rest = unknown == 0 ? "" : $", {unknown} unknown";
        cli.Note(errors + warnings + unknown == 0 ? "\nNothing is wrong." : $"\n{counted}{rest}.");

        int Count(Outcome outcome) => checks.Count(check => check.Outcome == outcome);
    }

    private static Cell MarkOf(Outcome outcome) => outcome switch
    {
        Outcome.Ok => new Cell("✓", "green"),
        Outcome.Warning => new Cell("!", "yellow"),
        Outcome.Unknown => new Cell("?", "yellow"),
        _ => new Cell("✗", "red"),
    };
}
