namespace Lapstack.Ports;

/// <summary>One line of output and when it was written.</summary>
public sealed record LogLine(DateTimeOffset At, string Message);
