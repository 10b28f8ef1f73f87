using Lapstack.Ports;

namespace Lapstack.Services.AutoScaling;

/// <summary>Keeps a metric that falls as tasks are added near a value.</summary>
/// <param name="TargetValue">Above 0.</param>
internal sealed record TrackingPolicy(
    string Name, string Arn, string TargetId, TimeSpan ScaleOutCooldown, TimeSpan ScaleInCooldown, MetricName Metric,
    string Statistic, double TargetValue, bool DisableScaleIn)
    : ScalingPolicy(Name, Arn, TargetId, ScaleOutCooldown, ScaleInCooldown)
{
    public override string Type => "TargetTrackingScaling";
}
