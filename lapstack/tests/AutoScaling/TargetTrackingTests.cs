using Lapstack.Ports;
using Lapstack.Services.AutoScaling;

namespace Lapstack.Tests.AutoScaling;

/// <summary>When a tracked metric scales, by how much, and what a recent scaling forbids.</summary>
public sealed class TargetTrackingTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly CapacityLimits Limits = new(0, 10);

    private static readonly TrackingPolicy Policy = new(
        "track", "arn", "target", TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), new MetricName(
            "Jobs", "BacklogPerTask"), "Average", 100, DisableScaleIn: false);

    [Fact]
    public void More_is_asked_for_after_three_datapoints_above_the_target()
    {
        Assert.True(TargetTracking.AsksForMore([101, 101, 101], 100));
        Assert.False(TargetTracking.AsksForMore([500, 500], 100));
        Assert.False(TargetTracking.AsksForMore([500, 100, 500], 100));
    }

    [Fact]
    public void Less_is_asked_for_after_fifteen_datapoints_well_below_it()
    {
        Assert.True(TargetTracking.AsksForLess([.. Enumerable.Repeat(89.0, 15)], 100));
        Assert.False(TargetTracking.AsksForLess([.. Enumerable.Repeat(0.0, 14)], 100));
        Assert.False(TargetTracking.AsksForLess([.. Enumerable.Repeat(90.0, 15)], 100));
        Assert.False(TargetTracking.AsksForLess([.. Enumerable.Repeat(0.0, 14), 95.0], 100));
    }

    [Theory]
    [InlineData(2, 200, 4)]
    [InlineData(2, 201, 5)] // Rounded up: the metric is not to be above the target.
    [InlineData(4, 30, 2)]
    [InlineData(4, 0, 0)]
    [InlineData(0, 1000, 0)]
    public void Capacity_is_in_proportion_to_the_metric(int capacity, double metric, int expected) =>
        Assert.Equal(expected, TargetTracking.Propose(capacity, metric, 100));

    [Fact]
    public void What_was_added_counts_while_the_cooldown_lasts()
    {
        var cooled = Cooldown.None.After(2, 4, Policy, Now);

        // The metric lags: twice the target is what the four were for already.
        Assert.Null(cooled.Decide(4, At(200), Limits, Now.AddMinutes(1)));
        Assert.Equal(8, cooled.Decide(4, At(400), Limits, Now.AddMinutes(1)));
        Assert.Equal(8, cooled.Decide(4, At(200), Limits, Now.AddMinutes(2)));
        Assert.Equal(2, cooled.After(4, 8, Policy, Now.AddMinutes(1)).OutBaseline);
    }

    [Fact]
    public void Scaling_in_waits_for_its_cooldown_and_scaling_out_ends_it()
    {
        var cooled = Cooldown.None.After(8, 4, Policy, Now);

        Assert.Null(cooled.Decide(4, At(10), Limits, Now.AddMinutes(4)));
        Assert.Equal(1, cooled.Decide(4, At(10), Limits, Now.AddMinutes(5)));
        Assert.Equal(8, cooled.Decide(4, At(200), Limits, Now.AddMinutes(1)));
        Assert.Equal(DateTimeOffset.MinValue, cooled.After(4, 8, Policy, Now.AddMinutes(1)).InUntil);
    }

    [Fact]
    public void Limits_hold_whatever_is_asked_for()
    {
        Assert.Equal(10, Cooldown.None.Decide(4, At(1000), Limits, Now));
        Assert.Equal(2, Cooldown.None.Decide(4, At(0), new CapacityLimits(2, 10), Now));
        Assert.Equal(2, Cooldown.None.Decide(0, At(0), new CapacityLimits(2, 10), Now));
        Assert.Null(Cooldown.None.Decide(10, At(1000), Limits, Now));
    }

    private static Func<int, int> At(double metric) => capacity => TargetTracking.Propose(capacity, metric, 100);
}
