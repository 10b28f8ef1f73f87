using Jobs.Cli.Output;
using Jobs.Core.Alerts;

namespace Jobs.Cli.Views;

/// <summary>Causes of alerts that are open.</summary>
internal static class AlertTable
{
    public static TextTable Of(IEnumerable<AlertCause> causes, DateTimeOffset now)
    {
        var table = new TextTable("Open alert", "Runs", "Since", "Cause");
        foreach (var cause in causes)
        {
            var kind = cause.Key.IsStuck ? "stuck" : "failed";
            table.Add(
                new Cell(cause.Key.Job, "bold"),
                Words.Invariant($"{cause.Count}"),
                Words.Ago(cause.OpenedAt, now),
                new Cell($"{kind}: {cause.Key.Reason}", "yellow"));
        }

        return table;
    }
}
