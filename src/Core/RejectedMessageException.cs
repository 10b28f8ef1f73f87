namespace Jobs.Core;

/// <summary>
/// A message that can never succeed, however often it is delivered. It belongs in the dead-letter queue, with this
/// reason.
/// </summary>
public class RejectedMessageException(string reason) : Exception(Excerpt.Around(reason, MaxReason))
{
    /// <summary>
    /// UTF-16 characters of a reason: it goes beside the message and into the log, however long what it quotes is.
    /// </summary>
    public const int MaxReason = 2_000;
}
