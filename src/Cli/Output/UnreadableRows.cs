using Jobs.Cli.Commands;
using Jobs.Cli.Shapes;

namespace Jobs.Cli.Output;

/// <summary>Runs that cannot be read, as rows of their own.</summary>
internal static class UnreadableRows
{
    public static void Print(CliContext cli, IReadOnlyList<UnreadableShape> runs)
    {
        if (runs.Count == 0) return;
        var table = new TextTable("Unreadable", "Why");
        foreach (var run in runs) table.Add(run.Id, new Cell(run.Why.ReplaceLineEndings(" "), "red"));
        table.Print(cli);
        cli.Note(UnreadableRun.Remedy);
    }
}
