namespace Jobs.Core.Messages;

/// <summary>
/// Where a message goes that can never succeed, with the reason, so that nothing is lost and nothing blocks.
/// </summary>
public interface IDeadLetters
{
    /// <param name="senders">Who sent it, as <see cref="Senders"/> keeps it; null when that is not known.</param>
    Task SendAsync(string body, string reason, string? senders, CancellationToken cancellation);
}
