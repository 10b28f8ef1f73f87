using System.Diagnostics;

namespace Jobs.Core.Tracing;

/// <summary>One step of a trace, which is over.</summary>
/// <param name="Context">Its trace and its own id.</param>
public sealed record TraceSpan(string Name, ActivityContext Context, DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>The span that it is a part of; the default for none.</summary>
    public ActivitySpanId Parent { get; init; }

    public ActivityKind Kind { get; init; } = ActivityKind.Internal;

    /// <summary>Why it failed, for people; null when it did not.</summary>
    public string? Error { get; init; }

    /// <summary>Text, numbers, truth values, and lists of text. What is null is left out.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Attributes { get; init; } = [];

    public IReadOnlyList<TraceEvent> Events { get; init; } = [];

    /// <summary>Steps that have to do with it and are no parents of it.</summary>
    public IReadOnlyList<ActivityContext> Links { get; init; } = [];
}
