using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;

namespace Jobs.Cli.Views;

/// <summary>Runs that cannot be read, as rows of their own.</summary>
internal static class UnreadableRows
{
    public static void Print(CliContext cli, IReadOnlyList<UnreadableRun> runs)
    {
        if (runs.Count == 0) return;
        var table = new TextTable("Unreadable", "Why");
        foreach (var run in runs.DistinctBy(run => run.Id)) table.Add(run.Id.ToString(), new Cell(run.Why, "red"));
        table.Print(cli.Data);
        cli.Note(UnreadableRun.Remedy);
    }
}
