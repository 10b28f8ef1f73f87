namespace Lapstack.Services.Sqs;

/// <summary>Messages on their way from a dead-letter queue to where they came from, or to one queue.</summary>
/// <param name="Destination">Null: each to the queue it came from.</param>
/// <param name="Rate">Messages a second; null: as fast as it goes.</param>
/// <param name="ToMove">How many were there when it began.</param>
internal sealed record MoveTask(
    string Handle, Queue Source, Queue? Destination, int? Rate, int ToMove, DateTimeOffset StartedAt)
{
    public MoveTaskStatus Status { get; set; } = MoveTaskStatus.RUNNING;

    public int Moved { get; set; }

    /// <summary>Null unless it failed.</summary>
    public string? FailureReason { get; set; }
}
