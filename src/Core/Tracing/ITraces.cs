namespace Jobs.Core.Tracing;

/// <summary>
/// Takes spans and sends them on, each at most once: a trace tells people what happened, and nothing depends on it.
/// </summary>
public interface ITraces
{
    TraceSampling Sampling { get; }

    void Add(TraceSpan span);

    /// <summary>Sends what was added. Takes a second at most, and never fails.</summary>
    Task FlushAsync();
}
