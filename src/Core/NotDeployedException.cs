namespace Jobs.Core;

/// <summary>
/// A message for a part of the stack that this deployment does not have, and the one that is under way may bring:
/// rules, schedules and tasks are there before the functions, or the functions before them. It is rejected for good
/// only once a deployment has had its time.
/// </summary>
public sealed class NotDeployedException(string reason) : RejectedMessageException(reason);
