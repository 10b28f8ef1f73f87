namespace Jobs.Core.Tracing;

/// <summary>A moment in a span.</summary>
public sealed record TraceEvent(string Name, DateTimeOffset At)
{
    /// <summary>As a span's.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Attributes { get; init; } = [];
}
