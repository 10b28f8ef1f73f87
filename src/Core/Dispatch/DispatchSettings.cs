namespace Jobs;

/// <summary>
/// How fast tasks may be launched: the account's quota in its Region, which all its stacks share.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/throttling.html
/// </summary>
public sealed record DispatchSettings
{
    /// <summary>
    /// Launches that may follow each other at once after a rest, 1 to 10,000. Default 100, Fargate's default quota.
    /// </summary>
    public int LaunchBurst { get; init; } = 100;

    /// <summary>
    /// Launches a second in the long run, above 0 and at most 1,000. Default 20, Fargate's default quota.
    /// </summary>
    public double LaunchesPerSecond { get; init; } = 20;
}
