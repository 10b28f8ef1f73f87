using System.Globalization;
using Spectre.Console;

namespace Jobs.Bench.Cost;

/// <summary>What a million of the measured runs cost, line by line.</summary>
internal sealed class Bill(MeasuredPath run, double functionGigabytes)
{
    private const double Million = 1e6;

    /// <summary>The functions that handle a run: OnUpload and OnTaskStopped, each fed by an inbox.</summary>
    private const int Invocations = 2;

    private IReadOnlyList<(string Item, string How, double Dollars)> Lines =>
    [
        ("EventBridge", "1 S3 event", Prices.S3Event),
        (
            "SQS",
            $"{Invocations} messages, {Assumptions.RequestsPerMessage} requests each",
            Invocations * Assumptions.RequestsPerMessage * Prices.SqsRequest),
        ("Lambda requests", $"{Invocations} invocations", Invocations * Prices.LambdaRequest),
        (
            "Lambda compute",
            Invariant($"{Seconds * 1000:0} ms at {functionGigabytes * 1024:0} MB"),
            Seconds * functionGigabytes * Prices.LambdaGigabyteSecond),
        ("DynamoDB writes", Invariant($"{run.Units.Writes:0.0} units"), run.Units.Writes * Prices.WriteUnit),
        ("DynamoDB reads", Invariant($"{run.Units.Reads:0.0} units"), run.Units.Reads * Prices.ReadUnit),
    ];

    public double Dollars => Lines.Sum(line => line.Dollars) * Million;

    public static double StateMachineDollars =>
        Assumptions.TransitionsPerRun * Prices.StateTransition * Million + Prices.S3Event * Million;

    private double Seconds => Invocations * Assumptions.OwnSeconds
        + (run.FunctionDynamoCalls * Assumptions.DynamoSeconds)
        + (run.FunctionCalls("RunTask") * Assumptions.RunTaskSeconds);

    public void Print(IAnsiConsole console)
    {
        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle($"A million runs: {run.Name}") };
        table.AddColumns(
            new TableColumn("item"), new TableColumn("per run"), new TableColumn("per million").RightAligned());
        foreach (var (item, how, dollars) in Lines) table.AddRow(item, how, Money(dollars * Million));
        table.AddEmptyRow();
        table.AddRow(new Markup("[bold]jobs[/]"), new Markup(""), new Markup($"[bold]{Money(Dollars)}[/]"));
        table.AddRow(
            "Step Functions ecs:runTask.sync",
            $"{Assumptions.TransitionsPerRun} transitions and the event",
            Money(StateMachineDollars));
        console.Write(table);
        console.WriteLine(Invariant($"{StateMachineDollars / Dollars:0.0} times less."));
    }

    private static string Money(double dollars) => Invariant($"${dollars:0.00}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
