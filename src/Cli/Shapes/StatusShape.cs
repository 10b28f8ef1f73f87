using Jobs.Cli.Reading;
using Jobs.Core.Verdicts;

namespace Jobs.Cli.Shapes;

/// <summary>The stack at a glance.</summary>
/// <param name="Active">Runs under way, by job; jobs without any are left out.</param>
/// <param name="IsComplete">Whether all that is under way was counted; else there is more.</param>
/// <param name="Pending">The oldest that wait, with the reason.</param>
/// <param name="Schedules">In the order in which they come; null while that is not known.</param>
/// <param name="Pauses">The pauses that last, of jobs and of schedules.</param>
/// <param name="Failures">The last that did not succeed, by when they ended, newest first.</param>
/// <param name="Alerts">Causes of alerts that are open.</param>
/// <param name="Unreadable">Runs that are there and cannot be read.</param>
internal sealed record StatusShape(
    string Stack,
    string Region,
    string? Endpoint,
    IReadOnlyList<ActiveShape> Active,
    bool IsComplete,
    IReadOnlyList<RunShape> Pending,
    IReadOnlyList<QueueShape> Queues,
    IReadOnlyList<ScheduleShape>? Schedules,
    IReadOnlyList<PauseShape> Pauses,
    IReadOnlyList<RunShape> Failures,
    IReadOnlyList<AlertShape> Alerts,
    IReadOnlyList<UnreadableShape> Unreadable)
{
    public static StatusShape Of(StackStatus status, DateTimeOffset now) => new(
        status.Place.Name,
        status.Place.Region,
        status.Place.Endpoint,
        [.. JobActivity.Of(status.Active).Select(ActiveShape.Of)],
        status.IsComplete,
        [.. status.Pending.Select(run => RunShape.Of(run, status.Pauses, now))],
        [.. status.Queues.Select(QueueShape.Of)],
        status.Schedules is { } schedules ? [.. schedules.Select(ScheduleShape.Of)] : null,
        [.. status.Pauses.LastingAt(now).Select(pause => PauseShape.Of(pause)!)],
        [.. status.Failures.Select(run => RunShape.Of(run, status.Pauses, now))],
        [.. status.Alerts.Select(AlertShape.Of)],
        UnreadableShape.Of(status.Unreadable));
}

/// <summary>A job's runs under way, by state.</summary>
internal sealed record ActiveShape(
    string Job, int Pending, int Starting, int Running, int Stopping, int AwaitingChildren)
{
    public static ActiveShape Of(JobActivity job) => new(
        job.Job,
        job.Count(RunState.Pending),
        job.Count(RunState.Starting),
        job.Count(RunState.Running),
        job.Count(RunState.Stopping),
        job.Count(RunState.AwaitingChildren));
}
