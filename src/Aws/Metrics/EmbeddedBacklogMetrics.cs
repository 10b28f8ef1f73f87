using Jobs.Core.Backlog;
using Jobs.Core.Metrics;

namespace Jobs.Aws.Metrics;

/// <summary>Writes what the scaling follows into the function's log.</summary>
/// <param name="stack">Name of the stack.</param>
/// <param name="write">Writes one line, as it is: what a logger puts before it would make it text like any
/// other.</param>
public sealed class EmbeddedBacklogMetrics(string stack, Action<string> write, TimeProvider clock) : IBacklogMetrics
{
    private static readonly string[][] Dimensions = [[MetricNames.Stack, MetricNames.Job]];

    public void Publish(string job, double backlogPerTask) => write(EmbeddedLine.Write(
        clock.GetUtcNow(),
        [new(Dimensions, [EmbeddedValue.Count(MetricNames.BacklogPerTask, backlogPerTask)])],
        (MetricNames.Stack, stack),
        (MetricNames.Job, job)));
}
