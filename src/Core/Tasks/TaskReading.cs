namespace Jobs.Core.Tasks;

/// <param name="LastStatus">ECS's lastStatus: an open set of names.</param>
/// <param name="Stopped">How it ended; null unless it is STOPPED.</param>
public sealed record TaskReading(string LastStatus, TaskObservation? Stopped)
{
    /// <summary>When ECS accepted the task; null when it does not say.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When its containers began to run; null before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>ECS has not got so far as to run its containers.</summary>
    public bool IsStarting => LastStatus is "PROVISIONING" or "PENDING" or "ACTIVATING";
}
