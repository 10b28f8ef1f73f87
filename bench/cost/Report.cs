using System.Globalization;
using Spectre.Console;

namespace Jobs.Bench.Cost;

/// <summary>What was measured, beside the budgets and call by call.</summary>
internal static class Report
{
    public static void PrintBudgets(IAnsiConsole console, IReadOnlyList<MeasuredPath> paths)
    {
        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle("DynamoDB units of one run") };
        table.AddColumns("path", "runs", "write", "budget", "read", "budget", "largest control item");
        foreach (var path in paths)
        {
            var (units, budget) = (path.Units, Budgets.Of(path.Name));
            table.AddRow(
                path.Name,
                Number(path.Runs.Count),
                Number(units.Writes),
                Number(budget.Writes),
                Number(units.Reads),
                Number(budget.Reads),
                $"{path.LargestControlItem} bytes");
        }

        console.Write(table);
    }

    /// <summary>The run that takes most.</summary>
    public static void PrintCalls(IAnsiConsole console, MeasuredPath path)
    {
        var title = new TableTitle($"Calls of one run: {path.Name}");
        var table = new Table { Border = TableBorder.Rounded, Title = title };
        table.AddColumns("who", "call", "item", "bytes", "write", "index write", "read");
        foreach (var call in path.Largest)
        {
            foreach (var item in call.Items)
            {
                table.AddRow(
                    call.Who,
                    call.Operation,
                    Markup.Escape(item.What),
                    Number(item.Bytes),
                    Number(item.Units.Base),
                    item.Indexes,
                    Number(item.Units.Reads));
            }
        }

        console.Write(table);
    }

    private static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
