namespace Jobs.Core.Messages;

/// <summary>An attribute of a message: a text, or bytes when its type begins with Binary.</summary>
/// <param name="DataType">String, Number or Binary, with an ending of the sender's own or without.</param>
public sealed record QueueAttribute(string DataType, string? Text, byte[]? Bytes = null)
{
    /// <param name="text">At least one character, of those that XML 1.0 allows.</param>
    public static QueueAttribute Of(string text) => new("String", text);
}
