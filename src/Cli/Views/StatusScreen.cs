using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Core;
using Jobs.Core.Alerts;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Cli.Views;

/// <summary>The stack on one screen. A part with nothing to say is a word, or not there.</summary>
internal sealed class StatusScreen(CliContext cli, StackStatus status)
{
    private readonly DateTimeOffset _now = cli.Clock.GetUtcNow();

    private CommandLines Lines => status.Place.Lines;

    public void Print()
    {
        cli.WriteLine(new Cell(status.Place.Title, "bold"), "  ", new Cell(Words.Clock(_now, cli.Zone), "grey"));
        PrintActive();
        PrintPauses();
        PrintPending();
        PrintQueues();
        PrintSchedules();
        PrintFailures();
        PrintAlerts();
        if (status.Unreadable.Count > 0) cli.WriteLine("");
        UnreadableRows.Print(cli, status.Unreadable);
    }

    private void PrintActive()
    {
        if (status.Active.Count == 0)
        {
            cli.WriteLine("\nNothing is under way.");
            return;
        }

        cli.WriteLine("");
        var table = new TextTable("Under way", "Pending", "Starting", "Running", "Stopping", "Children");
        foreach (var job in JobActivity.Of(status.Active))
        {
            table.Add(
                new Cell(job.Job, "bold"),
                Number(job.Count(RunState.Pending), "blue"),
                Number(job.Count(RunState.Starting), "blue"),
                Number(job.Count(RunState.Running), "cyan"),
                Number(job.Count(RunState.Stopping), "yellow"),
                Number(job.Count(RunState.AwaitingChildren), "blue"));
        }

        table.Print(cli.Data);
        if (status.IsComplete) return;
        cli.WriteLine(new Cell("and more: only the first of each partition are counted", "grey"));
    }

    private void PrintPauses()
    {
        var table = new TextTable("Paused", "Since", "Until", "Why");
        var pauses = status.Pauses.LastingAt(_now).OrderBy(pause => pause.From).ToList();
        foreach (var pause in pauses)
        {
            table.Add(
                new Cell(pause.Target, "bold"),
                Words.Ago(pause.From, _now),
                pause.Until is { } until ? Words.Ago(until, _now) : "resumed",
                new Cell($"{pause.Reason} ({pause.By ?? "unknown"})", "yellow"));
        }

        PrintBelow(table);
        if (pauses is [var first, ..]) cli.Note($"End a pause: {Lines.Resume(first.Job, first.Schedule)}");
    }

    private void PrintPending()
    {
        var table = new TextTable("Waiting longest", "Since", "Why");
        foreach (var reading in status.Pending)
        {
            var why = WaitingReason.Of(reading, status.Pauses, _now) ?? "";
            table.Add(Id(reading.Run), Words.Span(_now - reading.Run.CreatedAt), new Cell(About(reading.Run, why)));
        }

        PrintBelow(table);
    }

    private void PrintQueues()
    {
        var (all, used) = (status.Queues.Count, status.Queues.Where(queue => !queue.IsEmpty).ToList());
        cli.WriteLine("");
        if (used.Count < all)
        {
            var empty = used.Count == 0 ? "All" : Words.Invariant($"{all - used.Count} of");
            cli.WriteLine(new Cell($"{empty} {Words.Count(all, "queue")} are empty.", "grey"));
        }

        if (used.Count == 0) return;
        var table = new TextTable("Queue", "Waiting", "In hand", "Dead letters");
        foreach (var queue in used)
        {
            table.Add(
                new Cell(queue.Name, "bold"),
                Number(queue.Depth.Visible + queue.Depth.Delayed, "blue"),
                Number(queue.Depth.InFlight, "cyan"),
                Number(queue.DeadLetters, "red"));
        }

        table.Print(cli.Data);
    }

    private void PrintSchedules()
    {
        if (status.Schedules is null) cli.Note("Schedules are not known yet: the first tick says which there are.");
        var table = new TextTable("Schedule", "Next", "At");
        foreach (var schedule in status.Schedules ?? [])
        {
            var (name, trigger) = (new Cell(schedule.Key.ToString(), "bold"), schedule.Trigger);
            if (schedule.Next is { } at) table.Add(name, Words.Ago(at, _now), Words.Planned(at, trigger.TimeZone));
            else if (trigger.Disabled) table.Add(name, "off", $"{trigger.Expression} is deployed switched off");
            else table.Add(name, "never", $"{trigger.Expression} has no time left");
        }

        PrintBelow(table);
    }

    private void PrintFailures()
    {
        var table = new TextTable("Last failures", "When", "Why");
        foreach (var run in status.Failures.Select(reading => reading.Run))
        {
            var why = run.Verdict?.Sentence ?? run.State.ToString();
            table.Add(Id(run), Words.Ago(run.EndedAt ?? run.CreatedAt, _now), new Cell(About(run, why), "red"));
        }

        PrintBelow(table);
        if (status.Failures is [var last, ..]) cli.Note($"Why, and what to do: {Lines.Show(Id(last.Run))}");
    }

    private void PrintAlerts()
    {
        PrintBelow(AlertTable.Of(status.Alerts, _now));
        foreach (var alert in status.UnreadableAlerts) cli.Fault(alert);
    }

    private void PrintBelow(TextTable table)
    {
        if (table.Count == 0) return;
        cli.WriteLine("");
        table.Print(cli.Data);
    }

    private string About(Run run, string why) =>
        RunRows.Subject(run, cli.IsScreen) is { } subject ? $"{subject}: {why}" : why;

    private string Id(Run run) => RunStyles.Id(run.Id, cli.IsScreen);

    private static Cell Number(int number, string style) =>
        number == 0 ? new Cell("-", "grey") : new Cell(Words.Invariant($"{number:#,0}"), style);
}
