namespace Jobs.Core;

/// <summary>
/// A message that can never succeed, however often it is delivered. It belongs in the dead-letter queue, with this
/// reason.
/// </summary>
public class RejectedMessageException(string reason) : Exception(reason);
