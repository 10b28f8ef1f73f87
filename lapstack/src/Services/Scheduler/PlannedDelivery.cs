namespace Lapstack.Services.Scheduler;

/// <summary>
/// One planned time that has come, as it is kept in the state folder until it is delivered or given up.
/// </summary>
/// <param name="Failures">How many attempts have failed.</param>
/// <param name="NextAttemptAt">Not to be tried before.</param>
internal sealed record PlannedDelivery(
    string Id, string ScheduleArn, DateTimeOffset PlannedAt, int Failures, DateTimeOffset NextAttemptAt);
