namespace Jobs.Core.Ports;

/// <param name="Text">Null of a line that is longer than an input may be.</param>
/// <param name="Next">Where the line after it begins, in bytes.</param>
public sealed record ArrayLine(string? Text, long Next);
