using Jobs.Core.Ids;
using Jobs.Core.Sizes;

namespace Jobs.Core.Engine;

/// <summary>Everything RunTask is told; the same for every repetition of one launch.</summary>
/// <param name="Spot">On Fargate Spot, else on demand.</param>
/// <param name="Upload">The upload, for an image without our host, which reads it from its environment; else
/// null.</param>
/// <param name="Size">
/// The run's size. It is told always: a task definition may have another by now, and two deployments send one launch
/// alike.
/// </param>
public sealed record Launch(LaunchId Id, bool Spot, Upload? Upload, TaskSize Size)
{
    /// <summary>The attempt's place in its trace, as W3C's traceparent; null without tracing.</summary>
    public string? Trace { get; init; }
}
