namespace Jobs;

/// <summary>Tasks that are added to a service at once when many messages wait.</summary>
/// <param name="Messages">Visible messages from which on the step holds, until the next one's: 1 or more.</param>
/// <param name="AddTasks">Tasks to add, 1 to <see cref="QueueTrigger.MaxTasks"/>.</param>
public sealed record ScalingStep(int Messages, int AddTasks);
