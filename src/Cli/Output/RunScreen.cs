using System.Text.Json;
using Jobs.Cli.Shapes;
using Jobs.Core;
using Spectre.Console;

namespace Jobs.Cli.Output;

/// <summary>One run on one screen: what became of it, what to do, and how it got there.</summary>
internal sealed class RunScreen(CliContext cli, CommandLines lines)
{
    private const int MaxLogLines = 10;
    private const int NameWidth = 10;

    public void Print(RunDetailShape detail, string stateStyle)
    {
        var run = detail.Run;
        cli.WriteLine(new Cell(run.Id, "bold"), "  ", new Cell(run.State, stateStyle));
        PrintFacts(detail);
        if (run.Verdict is { } verdict && run.State != "Succeeded") PrintVerdict(verdict);
        if (detail.Stall is { } stall) cli.Data.WriteText($"Stuck: {stall}", "yellow");
        if (detail.Children is { Failures.Count: > 0 } children) PrintFailures(children);
        PrintAttempts(detail);
        PrintTimeline(detail);
        PrintJson("INPUT", detail.Input);
        PrintJson("RESULT", detail.Result);
        if (detail.ResultAt is { } url) PrintLines("RESULT", [$"aws s3 cp {url} -"]);
        if (run.State is "Failed" or "TimedOut") PrintLog(detail.LogTail);
        PrintNext(run);
    }

    private void PrintFacts(RunDetailShape detail)
    {
        var run = detail.Run;
        Add("started by", run.Trigger + (run.Priority > 0 ? Words.Invariant($", priority {run.Priority}") : ""));
        if (run.Labels.Count > 0) Add("labels", string.Join(", ", run.Labels));
        Add("asked", $"{Words.Time(run.CreatedAt, cli.Zone)} ({Words.Ago(run.CreatedAt, cli.Clock.GetUtcNow())})");
        Add("took", Words.Span(TimeSpan.FromSeconds(run.DurationSeconds)) + (run.EndedAt is null ? " so far" : ""));
        Add("attempt", Words.Invariant($"{run.Attempt} of {run.Attempts}"));
        if (run.Waiting is { } waiting) Add("waits", waiting);
        if (detail.Children is { } children) Add("children",
            Words.Invariant(
            $"{children.Count:N0}: {children.Begun:N0} begun, {children.Ended:N0} ended, {children.Failed:N0} failed"));
        if (run.Progress is { } progress) Add("progress", $"{(progress.Fraction is { } part ? Words.Invariant($"{part * 100:0} % ") : "")}{progress.Message}");
        if (detail.Cost.BilledSeconds > 0) Add("cost", $"about {Words.Dollars(detail.Cost.Dollars)} for {Words.Span(TimeSpan.FromSeconds(detail.Cost.BilledSeconds))} of Fargate ({detail.Cost.PricesOf} prices)");

        void Add(string name, string value) => cli.Out.Write(new Grid()
            .AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(2).Width(NameWidth)).AddColumn(new GridColumn().PadRight(0))
            .AddRow(new Text(name, new Style(Color.Grey)), new Text(Legible.Of(value))));
    }

    private void PrintVerdict(VerdictShape verdict)
    {
        cli.WriteLine("");
        cli.Out.Write(new Padder(new Markup($"[red]{Markup.Escape(verdict.Class)}[/]: {Markup.Escape(Legible.Of(verdict.Sentence))}"), new Padding(2, 0, 0, 0)));
        if (verdict.NextStep.Length > 0) cli.Out.Write(new Padder(new Markup($"[bold]Next:[/] {Markup.Escape(Legible.Of(verdict.NextStep))}"), new Padding(2, 0, 0, 0)));
    }

    private void PrintFailures(ChildrenShape children)
    {
        cli.WriteLine("");
        var table = new TextTable("  Child", "Run", "End");
        foreach (var child in children.Failures) table.Add(Words.Invariant($"  {child.Index}"), child.Run,
            new Cell($"{child.State}: {child.Error}", "red"));
        table.Print(cli);
    }

    private void PrintAttempts(RunDetailShape detail)
    {
        if (detail.Attempts.Count == 0) return;
        cli.WriteLine("");
        var table = new TextTable("  Task", "Try", "Size", "Ran", "Exit", "End");
        foreach (var attempt in detail.Attempts)
        {
            var ran = (attempt.EndedAt ?? cli.Clock.GetUtcNow()) - attempt.StartedAt;
            table.Add(
                "  " + (attempt.TaskArn is { } arn ? Short(arn) : "none"),
                Words.Invariant($"{attempt.Attempt}"),
                attempt is { Cpu: { } cpu, MemoryMiB: { } memory } ? Words.Size(cpu, memory) + (attempt.Spot ? ", Spot" : "") : "-",
                ran is { } span ? Words.Span(span) : "-",
                attempt.ExitCode is { } code ? Words.Invariant($"{code}") : "-",
                attempt.Verdict is null ? new Cell("under way", "cyan")
                    : attempt.Verdict.Class == "Succeeded" ? new Cell("Succeeded", "green")
                    : new Cell($"{attempt.Verdict.Class}: {attempt.Error?.Message ?? attempt.Verdict.Sentence}", "red"));
        }

        table.Print(cli);
    }

    private void PrintTimeline(RunDetailShape detail)
    {
        cli.WriteLine("");
        cli.WriteLine(new Cell("  TIMELINE", "grey"));
        foreach (var moment in detail.Timeline)
        {
            cli.WriteLine(new Cell($"  {Words.Clock(moment.At, cli.Zone)}  {Offset(moment.At - detail.Run.CreatedAt),9}", "grey"), $"  {moment.What}");
        }
    }

    private void PrintJson(string title, JsonElement? json)
    {
        if (json is { } element) PrintLines(title, IndentedText(element).Split('\n'));
    }

    private void PrintLog(IReadOnlyList<string> tail)
    {
        if (tail.Count > 0) PrintLines("LAST LOG LINES", tail.TakeLast(MaxLogLines));
    }

    private void PrintLines(string title, IEnumerable<string> lines)
    {
        cli.WriteLine(new Cell($"\n  {title}", "grey"));
        foreach (var line in lines) cli.WriteLine($"  {line}");
    }

    private void PrintNext(RunShape run)
    {
        var id = RunStyles.Id(Core.Ids.RunId.Parse(run.Id), cli.IsScreen);
        var next = run.State switch
        {
            "Succeeded" => lines.Logs(id),
            "Failed" or "TimedOut" or "Cancelled" => $"{lines.Logs(id)}   or again: {lines.Retry(id)}",
            "Skipped" => lines.Runs(run.Job),
            _ => $"{lines.Logs(id, follow: true)}   or end it: {lines.Cancel(id)}",
        };
        cli.Note($"\n{next}");
    }

    /// <summary>By hand: the serializer's reflection would cost a start.</summary>
    private static string IndentedText(JsonElement element)
    {
        using var memory = new MemoryStream();
        using (var writer = new Utf8JsonWriter(memory, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) element.WriteTo(writer);
        return System.Text.Encoding.UTF8.GetString(memory.ToArray());
    }

    private static string Offset(TimeSpan since) => since < TimeSpan.Zero ? "" : $"+{Words.Span(since)}";

    private static string Short(string arn) => arn[(arn.LastIndexOf('/') + 1)..] is { Length: > 8 } task ? task[..8] : arn;
}
