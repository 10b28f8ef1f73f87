namespace Jobs.Cli.Shapes;

/// <summary>The stack at a glance.</summary>
/// <param name="Active">Runs under way, by job; jobs without any are left out.</param>
/// <param name="IsComplete">Whether all that is under way was counted; else there is more.</param>
/// <param name="Pending">The oldest that wait, with the reason.</param>
/// <param name="Schedules">In the order in which they come; null while that is not known.</param>
/// <param name="Failures">The last that did not succeed, newest first.</param>
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
    IReadOnlyList<RunShape> Failures,
    IReadOnlyList<AlertShape> Alerts,
    IReadOnlyList<UnreadableShape> Unreadable);
