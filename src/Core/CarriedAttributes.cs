namespace Jobs.Core;

/// <summary>
/// Attributes of an item that only its store understands. Core carries them from a read to the next write.
/// </summary>
public sealed record CarriedAttributes(object Attributes);
