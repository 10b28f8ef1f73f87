using System.Globalization;
using System.Text.Json;
using Jobs.Cli.Reading;
using Jobs.Core.Runs;

namespace Jobs.Page.Reading;

/// <summary>
/// How the time of a run went, task by task: waiting, starting, pulling, running, stopping. Of a task that failed ECS's
/// own times are kept; of one that succeeded the begin of its pull follows from what it is billed for, and that of its
/// stopping is when its worker noted its end.
/// </summary>
internal static class TaskPhases
{
    /// <summary>The phases of each task, and behind them of the wait for the next.</summary>
    public static IReadOnlyList<(RunTask? Task, IReadOnlyList<TaskPhase> Phases)> Of(RunDetail detail)
    {
        var rows = new List<(RunTask?, IReadOnlyList<TaskPhase>)>();
        var since = detail.Run.CreatedAt;
        foreach (var task in detail.Tasks)
        {
            var times = TimesOf(detail, task);
            rows.Add((task, Phases(since, times, detail.Reading)));
            since = times.Stopped ?? task.EndedAt ?? since;
        }

        if (detail.Run is { IsOver: false } run && IsBetween(detail)) rows.Add((null, [new("waiting", since, null)]));
        else if (rows.Count == 0) rows.Add((null, [new("waiting", since, detail.Run.EndedAt)]));
        return rows;
    }

    private static bool IsBetween(RunDetail detail) =>
        detail.Tasks.Count == 0 || detail.Tasks[^1].Launch != detail.Run.Launch || detail.Tasks[^1].EndedAt is not null;

    private static List<TaskPhase> Phases(DateTimeOffset since, Times times, RunReading reading)
    {
        (string Kind, DateTimeOffset? From)[] starts =
        [
            ("waiting", since),
            ("starting", times.Asked),
            ("pulling", times.Pull),
            ("running", times.Begun),
            ("stopping", times.Stopping),
        ];
        var known = starts.Where(start => start.From is not null && !(start.From > times.Stopped)).ToList();
        var phases = new List<TaskPhase>();
        for (var i = 0; i < known.Count; i++)
        {
            var to = i + 1 < known.Count ? known[i + 1].From : times.Stopped;
            // Clocks of different machines: a phase that ends before it begins has no length.
            if (to is null || to > known[i].From) phases.Add(new(known[i].Kind, known[i].From!.Value, to));
        }

        return phases;
    }

    private static Times TimesOf(RunDetail detail, RunTask task)
    {
        var attempt = detail.Attempts.FirstOrDefault(one => one.Launch.Number == task.Launch);
        var run = detail.Run;
        var isLast = task.Launch == run.Launch;
        if (attempt?.Ecs is { } ecs && Read(ecs) is { } said)
        {
            return said with { Begun = task.StartedAt ?? said.Begun, Stopped = said.Stopped ?? task.EndedAt };
        }

        return new Times(
            isLast ? run.LaunchedAt : null,
            task is { EndedAt: { } end, Billed: { } billed } ? end - billed : null,
            task.StartedAt,
            isLast ? detail.Reading.CurrentWorker?.CompletedAt : null,
            task.EndedAt);
    }

    /// <summary>
    /// Times by the names that ECS has for them, in its event or in its description of the task.
    /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html
    /// </summary>
    private static Times? Read(string ecs)
    {
        try
        {
            using var document = JsonDocument.Parse(ecs);
            var task = document.RootElement.TryGetProperty("detail", out var detail) ? detail : document.RootElement;
            return new Times(
                At(task, "createdAt"),
                At(task, "pullStartedAt"),
                At(task, "startedAt"),
                At(task, "executionStoppedAt") ?? At(task, "stoppingAt"),
                At(task, "stoppedAt"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static DateTimeOffset? At(JsonElement task, string name) =>
        task.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
        && DateTimeOffset.TryParse(
            value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : null;

    private sealed record Times(
        DateTimeOffset? Asked,
        DateTimeOffset? Pull,
        DateTimeOffset? Begun,
        DateTimeOffset? Stopping,
        DateTimeOffset? Stopped);
}
