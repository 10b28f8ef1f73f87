namespace Lapstack.Services.AutoScaling;

/// <summary>Answers an alarm by how far its metric is from the threshold.</summary>
/// <param name="AdjustmentType">ChangeInCapacity, ExactCapacity or PercentChangeInCapacity.</param>
/// <param name="MinAdjustmentMagnitude">Of PercentChangeInCapacity: the least change, in tasks.</param>
internal sealed record StepPolicy(
    string Name, string Arn, string TargetId, TimeSpan Cooldown, string AdjustmentType, int? MinAdjustmentMagnitude,
    string? MetricAggregationType, IReadOnlyList<StepAdjustment> Steps)
    : ScalingPolicy(Name, Arn, TargetId, Cooldown, Cooldown)
{
    public override string Type => "StepScaling";
}
