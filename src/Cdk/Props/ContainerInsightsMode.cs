namespace Jobs;

/// <summary>
/// What CloudWatch Container Insights measures in the cluster that the runner makes. Prices are of us-east-1, for a
/// month of hours in which a metric has a value: https://aws.amazon.com/cloudwatch/pricing/
/// </summary>
public enum ContainerInsightsMode
{
    /// <summary>Nothing.</summary>
    Off,

    /// <summary>
    /// Processor, memory, disk and network of the cluster and of each task family, at $0.30 each, and their log.
    /// </summary>
    Standard,

    /// <summary>
    /// Those of each task and container as well, at $0.07 each:
    /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cloudwatch-container-insights.html
    /// </summary>
    Enhanced,
}
