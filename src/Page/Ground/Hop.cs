namespace Jobs.Page.Ground;

/// <summary>Something that happened in the stack on this machine.</summary>
/// <param name="Service">As people call it, such as IAM.</param>
/// <param name="Message">One line for people.</param>
public sealed record Hop(DateTimeOffset At, string Service, string Message);
