namespace Lapstack.Services.Events;

/// <summary>
/// One event owed to one target, as it is kept in the state folder until it is delivered or given up.
/// </summary>
/// <param name="Event">The whole event, as JSON.</param>
/// <param name="AcceptedAt">When the bus took it: its age counts from there.</param>
/// <param name="Failures">How many attempts have failed.</param>
/// <param name="NextAttemptAt">Not to be tried before.</param>
internal sealed record PendingDelivery(
    string Id, string RuleId, string TargetId, string Event, DateTimeOffset AcceptedAt, int Failures,
    DateTimeOffset NextAttemptAt);
