using Jobs.Cli.Shapes;
using Jobs.Core;
using Jobs.Core.Ids;

namespace Jobs.Cli.Output;

/// <summary>The stack on one screen. A part with nothing to say is a word, or not there.</summary>
internal sealed class StatusScreen(CliContext cli, CommandLines lines)
{
    public void Print(string title, StatusShape status)
    {
        cli.WriteLine(new Cell(title, "bold"), "  ", new Cell(Words.Clock(cli.Clock.GetUtcNow(), cli.Zone), "grey"));
        PrintActive(status);
        PrintPending(status);
        PrintQueues(status);
        PrintSchedules(status);
        PrintFailures(status);
        PrintAlerts(status);
        if (status.Unreadable.Count > 0) cli.WriteLine("");
        UnreadableRows.Print(cli, status.Unreadable);
    }

    private void PrintActive(StatusShape status)
    {
        if (status.Active.Count == 0)
        {
            cli.WriteLine("\nNothing is under way.");
            return;
        }

        cli.WriteLine("");
        var table = new TextTable("Under way", "Pending", "Starting", "Running", "Stopping", "Children");
        foreach (var job in status.Active)
        {
            table.Add(new Cell(job.Job, "bold"), Number(job.Pending, "blue"), Number(job.Starting, "blue"), Number(job.Running, "cyan"), Number(job.Stopping, "yellow"), Number(job.AwaitingChildren, "blue"));
        }

        table.Print(cli);
        if (!status.IsComplete) cli.WriteLine(new Cell("and more: only the first of each partition are counted", "grey"));
    }

    private void PrintPending(StatusShape status)
    {
        if (status.Pending.Count == 0) return;
        cli.WriteLine("");
        var table = new TextTable("Waiting longest", "Since", "Why");
        foreach (var run in status.Pending) table.Add(Id(run), Words.Span(TimeSpan.FromSeconds(run.DurationSeconds)), run.Waiting ?? "");
        table.Print(cli);
    }

    private void PrintQueues(StatusShape status)
    {
        var used = status.Queues.Where(queue => queue.Visible + queue.InFlight + queue.Delayed + queue.DeadLetters > 0).ToList();
        cli.WriteLine("");
        if (used.Count < status.Queues.Count) cli.WriteLine(new Cell($"{(used.Count == 0 ? "All" : Words.Invariant($"{status.Queues.Count - used.Count} of"))} {Words.Count(status.Queues.Count, "queue")} are empty.", "grey"));
        if (used.Count == 0) return;
        var table = new TextTable("Queue", "Waiting", "In hand", "Dead letters");
        foreach (var queue in used) table.Add(new Cell(queue.Name, "bold"), Number(queue.Visible + queue.Delayed, "blue"), Number(queue.InFlight, "cyan"), Number(queue.DeadLetters, "red"));
        table.Print(cli);
    }

    private void PrintSchedules(StatusShape status)
    {
        if (status.Schedules is null) cli.Note("Schedules are not known yet: the first tick says which there are.");
        if (status.Schedules is not { Count: > 0 }) return;
        cli.WriteLine("");
        var table = new TextTable("Schedule", "Next", "At");
        foreach (var schedule in status.Schedules)
        {
            if (schedule.Next is { } at) table.Add(new Cell(schedule.Name, "bold"), Words.Ago(at, cli.Clock.GetUtcNow()), Words.Planned(at, schedule.Zone));
            else table.Add(new Cell(schedule.Name, "bold"), "never", $"{schedule.Expression} has no time left");
        }

        table.Print(cli);
    }

    private void PrintFailures(StatusShape status)
    {
        if (status.Failures.Count == 0) return;
        cli.WriteLine("");
        var table = new TextTable("Last failures", "When", "Why");
        foreach (var run in status.Failures) table.Add(Id(run), Words.Ago(run.EndedAt ?? run.CreatedAt, cli.Clock.GetUtcNow()), new Cell(run.Verdict?.Sentence ?? run.State, "red"));
        table.Print(cli);
        cli.Note($"Why, and what to do: {lines.Show(Id(status.Failures[0]))}");
    }

    private void PrintAlerts(StatusShape status)
    {
        if (status.Alerts.Count == 0) return;
        cli.WriteLine("");
        var table = new TextTable("Open alert", "Runs", "Since", "Cause");
        foreach (var alert in status.Alerts)
        {
            table.Add(new Cell(alert.Job, "bold"), Words.Invariant($"{alert.Runs}"), Words.Ago(alert.OpenedAt, cli.Clock.GetUtcNow()), new Cell($"{alert.Kind}: {alert.Reason}", "yellow"));
        }

        table.Print(cli);
    }

    private string Id(RunShape run) => RunStyles.Id(RunId.Parse(run.Id), cli.IsScreen);

    private static Cell Number(int number, string style) => number == 0 ? new Cell("-", "grey") : new Cell(Words.Invariant($"{number:#,0}"), style);
}
