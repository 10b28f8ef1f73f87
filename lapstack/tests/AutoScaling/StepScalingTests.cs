using Lapstack.Services.AutoScaling;

namespace Lapstack.Tests.AutoScaling;

/// <summary>AWS's documented rules of step scaling.</summary>
public sealed class StepScalingTests
{
    private static readonly StepAdjustment[] Steps =
    [
        new(null, 0, -10), new(0, 10, 0), new(10, 20, 10), new(20, null, 30),
    ];

    /// <summary>
    /// At a threshold bounds below it are inclusive for alarms on what is above, and those above it for alarms on what
    /// is below.
    /// </summary>
    [Theory]
    [InlineData(9.9, false, 0)]
    [InlineData(10, false, 10)]
    [InlineData(20, false, 30)]
    [InlineData(1000, false, 30)]
    [InlineData(0, true, -10)]
    [InlineData(-5, true, -10)]
    [InlineData(10, true, 0)]
    public void Step_is_chosen_by_the_distance_from_the_threshold(double breach, bool isBelow, int adjustment) =>
        Assert.Equal(adjustment, StepScaling.Choose(Policy("ChangeInCapacity", Steps), breach, isBelow)?.Adjustment);

    [Fact]
    public void No_step_is_chosen_where_none_reaches() =>
        Assert.Null(StepScaling.Choose(Policy("ChangeInCapacity", [new(0, 10, 1)]), 10, isBelow: false));

    /// <summary>Percentages are rounded towards zero, but never to it.</summary>
    [Theory]
    [InlineData("ChangeInCapacity", 3, 2, 5)]
    [InlineData("ChangeInCapacity", 3, -5, 0)]
    [InlineData("ExactCapacity", 3, 7, 7)]
    [InlineData("PercentChangeInCapacity", 10, 127, 22)] // 12.7 is 12
    [InlineData("PercentChangeInCapacity", 2, 33, 3)] // 0.66 is 1
    [InlineData("PercentChangeInCapacity", 2, -29, 1)] // -0.58 is -1
    [InlineData("PercentChangeInCapacity", 20, -33, 14)] // -6.6 is -6
    [InlineData("PercentChangeInCapacity", 0, 50, 0)]
    public void Adjustment_changes_the_capacity_by_its_type(string type, int capacity, int adjustment, int expected)
    {
        var step = new StepAdjustment(0, null, adjustment);
        Assert.Equal(expected, StepScaling.Adjust(Policy(type, [step]), step, capacity));
    }

    [Fact]
    public void Percentage_changes_by_the_least_magnitude_at_least()
    {
        var (up, down) = (new StepAdjustment(0, null, 25), new StepAdjustment(null, 0, -25));
        Assert.Equal(6, StepScaling.Adjust(Policy("PercentChangeInCapacity", [up], magnitude: 2), up, 4));
        Assert.Equal(2, StepScaling.Adjust(Policy("PercentChangeInCapacity", [down], magnitude: 2), down, 4));
    }

    private static StepPolicy Policy(string type, IReadOnlyList<StepAdjustment> steps, int? magnitude = null) =>
        new("steps", "arn", "target", TimeSpan.FromMinutes(1), type, magnitude, null, steps);
}
