namespace Lapstack.Services.AutoScaling;

/// <summary>
/// When a tracked metric asks for more or less, and how much. Pure. AWS makes two alarms for a policy: out when the
/// metric was above the target three times in a row, in when it was below nine tenths of it fifteen times in a row.
/// https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking.html
/// </summary>
internal static class TargetTracking
{
    /// <summary>Datapoints above the target before it scales out.</summary>
    public const int OutAfter = 3;

    /// <summary>Datapoints well below it before it scales in.</summary>
    public const int InAfter = 15;

    private const double WellBelow = 0.9;

    /// <param name="newestFirst">The datapoints there are; missing ones are left out.</param>
    public static bool AsksForMore(IReadOnlyList<double> newestFirst, double target) =>
        newestFirst.Count >= OutAfter && newestFirst.Take(OutAfter).All(value => value > target);

    /// <param name="newestFirst">The datapoints there are; missing ones are left out.</param>
    public static bool AsksForLess(IReadOnlyList<double> newestFirst, double target) =>
        newestFirst.Count >= InAfter && newestFirst.Take(InAfter).All(value => value < target * WellBelow);

    /// <summary>
    /// In proportion, rounded up, so that the metric will not be above the target. From no capacity nothing follows.
    /// </summary>
    public static int Propose(int capacity, double metric, double target)
    {
        var proposed = Math.Ceiling(capacity * Math.Max(0, metric) / target);
        return proposed >= int.MaxValue ? int.MaxValue : (int)proposed;
    }
}
