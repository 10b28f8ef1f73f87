namespace Lapstack.Services.AutoScaling;

/// <summary>
/// What a step does to a capacity. Pure.
/// https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-step-scaling-policies.html
/// </summary>
internal static class StepScaling
{
    /// <returns>The step for this distance from the threshold; null when none covers it.</returns>
    public static StepAdjustment? Choose(StepPolicy policy, double breach, bool isBelow) =>
        policy.Steps.FirstOrDefault(step => step.Covers(breach, isBelow));

    /// <returns>The capacity after it, before the target's limits; 0 at least.</returns>
    public static int Adjust(
        StepPolicy policy, StepAdjustment step, int capacity) => Math.Max(0, policy.AdjustmentType switch
        {
            "ExactCapacity" => step.Adjustment,
            "PercentChangeInCapacity" =>
                capacity + Percent(capacity * step.Adjustment / 100.0, policy.MinAdjustmentMagnitude ?? 0),
            _ => capacity + step.Adjustment,
        });

    /// <summary>Towards zero, but never to it: 12.7 is 12, 0.67 is 1, -0.58 is -1, -6.67 is -6.</summary>
    private static int Percent(double change, int atLeast)
    {
        if (change == 0) return 0;
        var whole = (int)Math.Max(1, Math.Truncate(Math.Abs(change)));
        return Math.Sign(change) * Math.Max(whole, atLeast);
    }
}
