using Jobs.Core.Costs;
using Jobs.Core.Sizes;
using Spectre.Console;
using static System.FormattableString;

namespace Jobs.Bench.Cost;

/// <summary>
/// What a thousand small files of a minute cost, a second of waiting each: a task for each, or tasks that they share.
/// </summary>
/// <param name="runDollars">Control plane of a run.</param>
internal sealed class SmallFiles(double runDollars, IReadOnlyList<SharedTasks> shared)
{
    private const int Files = 1_000;

    /// <summary>Fargate bills no task for less. https://aws.amazon.com/fargate/pricing/</summary>
    private const double LeastSeconds = 60;

    private static readonly JobDefinition Plain = new("plain");

    private static double FargateSecond => (double)FargatePrices.UsEast1.PerHour(
        new TaskSize(Plain.Cpu, Plain.MemoryMiB), Plain.Architecture, null, spot: false) / 3_600;

    /// <summary>One second in a task that has begun is within the minute.</summary>
    private Row TaskEach => new("a task each", Files, Files * LeastSeconds, Files * runDollars, 0);

    /// <summary>What a million messages may cost that a task takes which has begun, Fargate aside.</summary>
    private const double MostMessageDollars = 2.5;

    /// <returns>What costs more than it may, in a sentence each.</returns>
    public IEnumerable<string> Excesses() => DearFiles().Concat(DearMessages());

    private IEnumerable<string> DearMessages() =>
        from one in shared
        where one.MessageDollars > MostMessageDollars
        select Invariant(
            $"Over budget: a million messages, {one.Name}, cost ${one.MessageDollars:0.00}, more than ${MostMessageDollars}.");

    private IEnumerable<string> DearFiles() =>
        from one in shared
        let times = TaskEach.Dollars / RowOf(one).Dollars
        where times < one.Least
        select Invariant(
            $"Over budget: {Files} small files, {one.Name}, cost {times:0.0} times less than a task each, and not {one.Least:0}.");

    public void Print(IAnsiConsole console)
    {
        var title = new TableTitle(Invariant($"{Files} files within a minute, a second of waiting each"));
        var table = new Table { Border = TableBorder.Rounded, Title = title };
        table.AddColumns(
            "", "tasks", "task seconds", "Fargate", "public IPv4", "control plane", "messages", "in all", "times less");
        Add(table, TaskEach);
        foreach (var one in shared) Add(table, RowOf(one));
        console.Write(table);
        foreach (var one in shared)
        {
            console.WriteLine(Invariant($"{one.Name}: {one.BusySeconds:0.0} s for {one.Files} files, {one.RequestsPerFile:0.0} SQS requests a file."));
            console.WriteLine(Invariant($"A million messages to a task that has begun cost ${one.MessageDollars:0.00}."));
        }
    }

    private Row RowOf(SharedTasks one)
    {
        var (tasks, seconds) = (one.TasksFor(Files), one.SecondsFor(Files));
        var messages = Files * (Prices.S3Event + (one.RequestsPerFile * Prices.SqsRequest));
        return new(one.Name, tasks, Math.Max(seconds, tasks * LeastSeconds), tasks * runDollars, messages);
    }

    private void Add(Table table, Row row) => table.AddRow(
        row.Name,
        Invariant($"{row.Tasks:#,0}"),
        Invariant($"{row.Seconds:#,0}"),
        Money(row.Fargate),
        Money(row.Ipv4),
        Money(row.ControlPlane),
        Money(row.Messages),
        Money(row.Dollars),
        Invariant($"{TaskEach.Dollars / row.Dollars:0.0}"));

    private static string Money(double dollars) => Invariant($"${dollars:0.0000}");

    /// <param name="ControlPlane">Of the runs, the events of a task for each file included.</param>
    /// <param name="Messages">Events and SQS of files that share tasks.</param>
    private sealed record Row(string Name, int Tasks, double Seconds, double ControlPlane, double Messages)
    {
        public double Fargate => Seconds * FargateSecond;

        public double Ipv4 => Seconds * Prices.PublicIpv4Hour / 3_600;

        public double Dollars => Fargate + Ipv4 + ControlPlane + Messages;
    }
}
