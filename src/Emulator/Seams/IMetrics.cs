namespace Jobs.Emulator.Seams;

/// <summary>CloudWatch, for the services that measure themselves.</summary>
public interface IMetrics
{
    /// <summary>Adds one value, at the present time.</summary>
    /// <param name="metricNamespace">Such as <c>AWS/Lambda</c>.</param>
    /// <param name="metric">Such as <c>Errors</c>.</param>
    /// <param name="dimension">The value of the one dimension by which the service tells its resources apart: the function's name, the queue's.</param>
    void Add(string metricNamespace, string metric, string dimension, double value);
}
