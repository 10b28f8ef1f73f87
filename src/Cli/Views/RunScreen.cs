using System.Text.Json;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Core;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Cli.Views;

/// <summary>One run on one screen: what became of it, what to do, and how it got there.</summary>
internal sealed class RunScreen(CliContext cli, CommandLines lines)
{
    private const int MaxLogLines = 10;

    public void Print(RunDetail detail)
    {
        var (run, state) = (detail.Run, detail.Reading.VisibleState);
        cli.WriteLine(new Cell(run.Id.ToString(), "bold"), "  ", new Cell(state.ToString(), RunStyles.Of(state)));
        PrintFacts(detail);
        if (run.Verdict is { } verdict && state != RunState.Succeeded) PrintVerdict(verdict);
        if (StallWords.Of(run, cli.Clock.GetUtcNow()) is { } stall) cli.Data.WriteText($"Stuck: {stall}", "yellow");
        if (detail.Children is { Failures.Count: > 0 } children) PrintFailures(children);
        PrintTasks(detail.Tasks);
        PrintTimeline(detail);
        PrintJson("INPUT", detail.Input);
        PrintJson("RESULT", detail.Result);
        if (detail.ResultAt is { } url) PrintLines("RESULT", [$"aws s3 cp {CommandLines.Quoted(url)} -"]);
        if (state is RunState.Failed or RunState.TimedOut && detail.LogTail.Count > 0)
        {
            PrintLines("LAST LOG LINES", detail.LogTail.TakeLast(MaxLogLines));
        }

        if (state == RunState.Pending && detail.Pauses.Of(run.Id.Job, cli.Clock.GetUtcNow()) is not null)
        {
            cli.Note($"\nIt starts when its job is resumed: {lines.Resume(run.Id.Job)}");
        }

        PrintNext(run, state);
    }

    private void PrintFacts(RunDetail detail)
    {
        var (run, now) = (detail.Run, cli.Clock.GetUtcNow());
        Add("started by", run.Trigger + (run.Priority > 0 ? Words.Invariant($", priority {run.Priority}") : ""));
        if (run.By is { } by) Add("by", by);
        if (run.Policy.HasOwnSize) Add("size", $"{Words.Size(run.Policy.Cpu, run.Policy.MemoryMiB)}, its own");
        if (RunSubject.Of(run) is { } subject) Add("about", subject);
        if (detail.Owner is { } owner) Add("owner", owner);
        if (run.Labels.Length > 0) Add("labels", string.Join(", ", run.Labels));
        Add("asked", $"{Words.Time(run.CreatedAt, cli.Zone)} ({Words.Ago(run.CreatedAt, now)})");
        Add("took", Words.Span((run.EndedAt ?? now) - run.CreatedAt) + (run.EndedAt is null ? " so far" : ""));
        Add("attempt", Words.Invariant($"{run.Attempt} of {run.Policy.Attempts}"));
        if (WaitingReason.Of(detail.Reading, detail.Pauses, now) is { } waiting) Add("waits", waiting);
        if (detail.Children is { } children) Add("children", TextOf(children));
        var progress = run.IsOver ? null : detail.Reading.CurrentWorker?.Progress;
        if (progress is not null) Add("progress", RunRows.TextOf(progress));
        if (detail.Cost is { Billed.Ticks: > 0 } cost) Add("cost", TextOf(cost));

        void Add(string name, string value) => cli.Data.WriteHanging([new Cell($"  {name,-10}  ", "grey")], value);
    }

    private static string TextOf(ChildrenDetail children) => Words.Invariant(
        $"{children.Count:N0}: {children.Begun:N0} begun, {children.Ended:N0} ended, {children.Failed:N0} failed");

    private static string TextOf(Core.Costs.RunCost cost) =>
        $"about {Words.Dollars(cost.Dollars)} for {Words.Span(cost.Billed)} of Fargate ({cost.Region} prices)";

    private void PrintVerdict(Verdict verdict)
    {
        cli.WriteLine("");
        cli.Data.WriteHanging(["  ", new Cell(verdict.Class.ToString(), "red"), ": "], verdict.Sentence);
        if (verdict.NextStep.Length == 0) return;
        cli.Data.WriteHanging(["  ", new Cell("Next:", "bold"), " "], verdict.NextStep);
    }

    private void PrintFailures(ChildrenDetail children)
    {
        cli.WriteLine("");
        var table = new TextTable("  Child", "Run", "End");
        foreach (var child in children.Failures)
        {
            table.Add(
                Words.Invariant($"  {child.Index}"),
                child.Run.ToString(),
                new Cell($"{child.State}: {child.Error}", "red"));
        }

        table.Print(cli.Data);
    }

    private void PrintTasks(IReadOnlyList<RunTask> tasks)
    {
        if (tasks.Count == 0) return;
        cli.WriteLine("");
        var table = new TextTable("  Task", "Try", "Size", "Ran", "Exit", "End");
        foreach (var task in tasks)
        {
            table.Add(
                "  " + (task.TaskArn is { } arn ? Short(arn) : "none"),
                Words.Invariant($"{task.Attempt}"),
                task.Size is { } size ? Words.Size(size.Cpu, size.MemoryMiB) + (task.Spot ? ", Spot" : "") : "-",
                (task.EndedAt ?? cli.Clock.GetUtcNow()) - task.StartedAt is { } span ? Words.Span(span) : "-",
                task.ExitCode is { } code ? Words.Invariant($"{code}") : "-",
                EndOf(task));
        }

        table.Print(cli.Data);
    }

    private static Cell EndOf(RunTask task) => task.Verdict switch
    {
        null => new Cell("under way", "cyan"),
        { Class: VerdictClass.Succeeded } => new Cell("Succeeded", "green"),
        var verdict => new Cell($"{verdict.Class}: {task.Error?.Message ?? verdict.Sentence}", "red"),
    };

    private void PrintTimeline(RunDetail detail)
    {
        cli.WriteLine("");
        cli.WriteLine(new Cell("  TIMELINE", "grey"));
        foreach (var moment in detail.Timeline)
        {
            var offset = Offset(moment.At - detail.Run.CreatedAt);
            cli.WriteLine(new Cell($"  {Words.Clock(moment.At, cli.Zone)}  {offset,9}", "grey"), $"  {moment.What}");
        }
    }

    private void PrintJson(string title, string? json)
    {
        if (json is not null) PrintLines(title, Indented(json).Split('\n'));
    }

    private void PrintLines(string title, IEnumerable<string> texts)
    {
        cli.WriteLine(new Cell($"\n  {title}", "grey"));
        foreach (var text in texts) cli.WriteLine($"  {text}");
    }

    private void PrintNext(Run run, RunState state)
    {
        var id = RunStyles.Id(run.Id, cli.IsScreen);
        var next = state switch
        {
            RunState.Succeeded => lines.Logs(id),
            RunState.Failed or RunState.TimedOut or RunState.Cancelled =>
                $"{lines.Logs(id)}   or again: {lines.Retry(id)}",
            RunState.Skipped => lines.Runs(run.Id.Job),
            _ => $"{lines.Logs(id, follow: true)}   or end it: {lines.Cancel(id)}",
        };
        cli.Note($"\n{next}");
    }

    /// <summary>By hand: the serializer's reflection would cost a start. What is no JSON stays as it is.</summary>
    private static string Indented(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            using var memory = new MemoryStream();
            using (var writer = new Utf8JsonWriter(memory, Writing)) document.RootElement.WriteTo(writer);
            return System.Text.Encoding.UTF8.GetString(memory.ToArray());
        }
        catch (JsonException)
        {
            return json;
        }
    }

    private static JsonWriterOptions Writing => new()
    {
        Indented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static string Offset(TimeSpan since) => since < TimeSpan.Zero ? "" : $"+{Words.Span(since)}";

    private static string Short(string arn) =>
        arn[(arn.LastIndexOf('/') + 1)..] is { Length: > 8 } task ? task[..8] : arn;
}
