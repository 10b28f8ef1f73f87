namespace Jobs.Core.Scheduling;

/// <param name="At">When the schedules were last watched.</param>
/// <param name="Since">Since when they are watched without a pause.</param>
public sealed record ScheduleWatchMark(DateTimeOffset At, DateTimeOffset Since);
