using Spectre.Console;
using static System.FormattableString;

namespace Jobs.Bench.Cost;

/// <summary>What a million of the measured runs cost, line by line.</summary>
internal sealed class Bill(MeasuredPath run, DeployedFunctions functions)
{
    private const double Million = 1e6;

    /// <summary>The function that starts a run, and OnTaskStopped, each fed by an inbox.</summary>
    private const int Invocations = 2;

    private IReadOnlyList<(string Item, string How, double Dollars)> Lines =>
    [
        IsUpload ? ("EventBridge", "1 S3 event", Prices.S3Event) : ("EventBridge", "no event with a price", 0),
        (
            "SQS",
            $"{Invocations} messages, {Assumptions.RequestsPerMessage} requests each",
            Invocations * Assumptions.RequestsPerMessage * Prices.SqsRequest),
        ("Lambda requests", $"{Invocations} invocations", Invocations * Prices.LambdaRequest),
        (
            "Lambda compute",
            Invariant($"{Seconds * 1000:0} ms at {functions.Gigabytes * 1024:0} MB"),
            Seconds * functions.Gigabytes * Prices.LambdaGigabyteSecond),
        ("DynamoDB writes", Invariant($"{run.Units.Writes:0.0} units"), run.Units.Writes * Prices.WriteUnit),
        ("DynamoDB reads", Invariant($"{run.Units.Reads:0.0} units"), run.Units.Reads * Prices.ReadUnit),
    ];

    public double Dollars => Lines.Sum(line => line.Dollars) * Million;

    public static double StateMachineDollars =>
        Assumptions.TransitionsPerRun * Prices.StateTransition * Million + Prices.S3Event * Million;

    private bool IsUpload => run.Name == Budgets.Upload;

    private double Seconds => Invocations * functions.OwnSeconds
        + (run.FunctionDynamoCalls * Assumptions.DynamoSeconds)
        + (run.FunctionCalls("RunTask") * Assumptions.RunTaskSeconds);

    /// <returns>By how much they are too dear, in a sentence; null when they are not, or nothing is asked.</returns>
    public string? Excess() => functions.IsNative && Budgets.Of(run.Name).MostDollars is { } most && Dollars > most
        ? Invariant($"Over budget: a million runs of kind {run.Name} cost ${Dollars:0.00}, more than ${most}.")
        : null;

    public void Print(IAnsiConsole console)
    {
        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle(Title) };
        table.AddColumns(
            new TableColumn("item"), new TableColumn("per run"), new TableColumn("per million").RightAligned());
        foreach (var (item, how, dollars) in Lines) table.AddRow(item, how, Money(dollars * Million));
        table.AddEmptyRow();
        table.AddRow(new Markup("[bold]jobs[/]"), new Markup(""), new Markup($"[bold]{Money(Dollars)}[/]"));
        if (IsUpload)
        {
            table.AddRow(
                "Step Functions ecs:runTask.sync",
                $"{Assumptions.TransitionsPerRun} transitions and the event",
                Money(StateMachineDollars));
        }

        console.Write(table);
    }

    private string Title => $"A million runs: {run.Name}, {functions.Name} functions";

    private static string Money(double dollars) => Invariant($"${dollars:0.00}");
}
