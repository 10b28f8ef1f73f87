using System.Text.Json.Nodes;
using Spectre.Console;
using static System.FormattableString;

namespace Jobs.Bench.Cost;

/// <summary>What the sample stack costs in 30 days in which nothing comes.</summary>
/// <param name="template">As it is synthesized.</param>
internal sealed class IdleBill(JsonObject template)
{
    private const double MostDollars = 5;

    private const int Minutes = 30 * 24 * 60;

    private double Dollars => Lines().Sum(line => line.Dollars);

    /// <returns>By how much it is too dear, in a sentence; null when it is not.</returns>
    public string? Excess() => Dollars > MostDollars
        ? Invariant($"Over budget: a stack that does nothing costs ${Dollars:0.00} a month, more than ${MostDollars}.")
        : null;

    public void Print(IAnsiConsole console)
    {
        var title = new TableTitle("The sample stack in 30 days in which nothing comes");
        var table = new Table { Border = TableBorder.Rounded, Title = title };
        table.AddColumns(new TableColumn("item"), new TableColumn("how"), new TableColumn("a month").RightAligned());
        foreach (var (item, how, dollars) in Lines()) table.AddRow(item, how, Money(dollars));
        table.AddEmptyRow();
        table.AddRow(new Markup("[bold]jobs[/]"), new Markup(""), new Markup($"[bold]{Money(Dollars)}[/]"));
        console.Write(table);
    }

    private IReadOnlyList<(string Item, string How, double Dollars)> Lines()
    {
        var alarms = All("AWS::CloudWatch::Alarm").Count();
        var sources = All("AWS::Lambda::EventSourceMapping").Count();
        var polls = sources * Assumptions.PollsPerMinute * Minutes;
        var keys = All("AWS::KMS::Key").Count();
        var (tick, backlog) = (MemoryOf("OnTick"), MemoryOf("OnBacklog"));
        var tickSeconds = Assumptions.OwnTickSeconds + (Assumptions.TickCalls * Assumptions.DynamoSeconds);
        return
        [
            ("CloudWatch alarms", Invariant($"{alarms} of standard resolution"), alarms * Prices.AlarmMonth),
            (
                "SQS",
                Invariant($"{sources} inboxes, {Assumptions.PollsPerMinute} long polls a minute each"),
                polls * Prices.SqsRequest),
            ("KMS", Invariant($"{keys} key of the topic"), keys * Prices.KeyMonth),
            ("Lambda requests", "OnTick and OnBacklog each minute", 2 * Minutes * Prices.LambdaRequest),
            (
                "Lambda compute",
                Invariant($"{tickSeconds:0.00} s at {tick * 1024:0} MB and at {backlog * 1024:0} MB"),
                Minutes * tickSeconds * (tick + backlog) * Prices.LambdaGigabyteSecond),
            (
                "DynamoDB reads",
                Invariant($"{Assumptions.TickCalls} calls of one unit by each"),
                2 * Minutes * Assumptions.TickCalls * Prices.ReadUnit),
        ];
    }

    private IEnumerable<JsonNode> All(string type) => template["Resources"]!.AsObject()
        .Select(resource => resource.Value!).Where(resource => (string?)resource["Type"] == type);

    private double MemoryOf(string handler) => (int)All("AWS::Lambda::Function")
        .Select(function => function["Properties"]!)
        .Single(function => (string?)function["Environment"]?["Variables"]?["ANNOTATIONS_HANDLER"] == handler)
            ["MemorySize"]! / 1024.0;

    private static string Money(double dollars) => Invariant($"${dollars:0.00}");
}
