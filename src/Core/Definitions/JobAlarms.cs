namespace Jobs;

/// <summary>
/// When CloudWatch tells the runner's list of a job, by the job's own metrics. Each is an alarm; null is none.
/// </summary>
public sealed record JobAlarms
{
    /// <summary>
    /// So many of a hundred runs that end within an hour fail or time out, 1 to 100. One of one is a hundred. Default
    /// null.
    /// </summary>
    public int? FailurePercent { get; init; }

    /// <summary>
    /// An attempt took so many minutes from its claim to the end of its task, 1 to
    /// <see cref="JobDefinition.TimeoutMinutes"/>. Default null.
    /// </summary>
    public int? DurationMinutes { get; init; }

    /// <summary>
    /// Tasks that ended within a day cost so many US dollars of Fargate, at the prices of us-east-1: above 0. Default
    /// null.
    /// </summary>
    public double? DollarsPerDay { get; init; }
}
