namespace Jobs.Core.Ports;

/// <param name="Next">Where the line after it begins, in bytes.</param>
public sealed record ArrayLine(string Text, long Next);
