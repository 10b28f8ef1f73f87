namespace Jobs.Core.Messages;

/// <summary>
/// Who has sent a message, through all the queues that it went through. For SQS the sender is the one who moved the
/// message back to its queue last, who must not lend it rights. So each move adds the sender before it, at the end, to
/// an attribute of the message. What a sender writes there itself can only take rights away.
/// </summary>
public static class Senders
{
    /// <summary>The message attribute: SQS's sender ids, comma-separated, the latest last.</summary>
    public const string Attribute = "senders";

    private const char Separator = ',';

    /// <param name="before">The attribute of the message that was received; null for none.</param>
    /// <param name="sender">SQS's SenderId of it; null when it is not known.</param>
    /// <returns>The attribute of the message that is sent in its place; null for none.</returns>
    public static string? Append(string? before, string? sender) =>
        string.Join(Separator, new[] { before, sender }.Where(one => one is { Length: > 0 })) is { Length: > 0 } senders
            ? senders
            : null;

    /// <summary>All senders of a message, the latest first.</summary>
    public static IEnumerable<string> Of(string? before, string? sender) =>
        (Append(before, sender) ?? "").Split(Separator, StringSplitOptions.RemoveEmptyEntries).Reverse();
}
