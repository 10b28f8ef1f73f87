namespace Lapstack.Ground;

/// <summary>One hop of an event through the emulator.</summary>
public sealed record ActivityEntry(
    DateTimeOffset At,
    string Service,
    string Kind,
    string Message,
    IReadOnlyDictionary<string, string>? Details);
