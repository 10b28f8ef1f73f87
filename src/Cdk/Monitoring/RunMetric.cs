using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Jobs.Core.Metrics;

namespace Jobs.Cdk.Monitoring;

/// <summary>The metrics that the functions write, as CloudWatch is asked for them.</summary>
/// <param name="stack">Name of the stack.</param>
internal sealed class RunMetric(string stack)
{
    /// <param name="label">What a graph calls it; null for the name.</param>
    /// <param name="besides">Dimensions beside the stack.</param>
    public Metric Of(
        string name, string statistic, Duration period, string? label = null,
        params (string Name, string Value)[] besides)
    {
        var dimensions = new Dictionary<string, string> { [MetricNames.Stack] = stack };
        foreach (var (dimension, value) in besides) dimensions[dimension] = value;
        return new Metric(new MetricProps
        {
            Namespace = MetricNames.Namespace,
            MetricName = name,
            DimensionsMap = dimensions,
            Statistic = statistic,
            Period = period,
            Label = label,
        });
    }

    /// <summary>One line for each value that a dimension has had.</summary>
    public MathExpression Each(string name, string dimension, Duration period) => new(new MathExpressionProps
    {
        Expression = $"SEARCH('{{{MetricNames.Namespace},{MetricNames.Stack},{dimension}}} " +
            $"MetricName=\"{name}\" {MetricNames.Stack}=\"{stack}\"', 'Sum', {period.ToSeconds()})",
        UsingMetrics = new Dictionary<string, IMetric>(),
        Period = period,
        // Of each line its own: the value of the dimension.
        Label = $"{name}: ${{PROP('Dim.{dimension}')}}",
    });
}
