namespace Lapstack.Patterns;

/// <summary>
/// An event pattern, an input transformer or an input path that EventBridge would refuse; the message says why and
/// where.
/// </summary>
public sealed class EventPatternException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Refuses what stands at <paramref name="path"/> of the pattern, in the words of the service.</summary>
    internal static EventPatternException At(string path, string reason) =>
        new($"Event pattern is not valid. Reason: {reason} at {(path.Length == 0 ? "the top" : $"'{path}'")}.");
}
