namespace Lapstack.Services.AutoScaling;

/// <summary>A service whose desired count is scaled.</summary>
/// <param name="Id">As CloudFormation's Ref gives it:
/// <c>service/CLUSTER/SERVICE|ecs:service:DesiredCount|ecs</c>.</param>
/// <param name="ResourceId"><c>service/CLUSTER/SERVICE</c>.</param>
/// <param name="Limits">As declared; scheduled actions change them.</param>
internal sealed record ScalableTarget(
    string Id,
    string ResourceId,
    string Arn,
    string RoleArn,
    CapacityLimits Limits,
    IReadOnlyList<ScheduledAction> ScheduledActions)
{
    public const string Dimension = "ecs:service:DesiredCount";
    public const string Namespace = "ecs";
}
