using System.Text.Json.Nodes;
using Lapstack.Ground;

namespace Lapstack.Services.AutoScaling;

/// <summary>
/// As the API spells it. https://docs.aws.amazon.com/autoscaling/application/APIReference/Welcome.html
/// </summary>
internal static class ScalingJson
{
    public static JsonObject Target(ScalableTarget target, TargetState state)
    {
        var json = Of(target);
        json["MinCapacity"] = state.Limits.Min;
        json["MaxCapacity"] = state.Limits.Max;
        json["RoleARN"] = target.RoleArn;
        json["CreationTime"] = Time(state.CreatedAt);
        json["ScalableTargetARN"] = target.Arn;
        json["SuspendedState"] = new JsonObject
        {
            ["DynamicScalingInSuspended"] = false,
            ["DynamicScalingOutSuspended"] = false,
            ["ScheduledScalingSuspended"] = false,
        };
        return json;
    }

    public static JsonObject Policy(ScalableTarget target, ScalingPolicy policy, DateTimeOffset createdAt)
    {
        var json = Of(target);
        json["PolicyARN"] = policy.Arn;
        json["PolicyName"] = policy.Name;
        json["PolicyType"] = policy.Type;
        json["CreationTime"] = Time(createdAt);
        json["Alarms"] = new JsonArray();
        if (policy is TrackingPolicy tracking) json["TargetTrackingScalingPolicyConfiguration"] = Tracking(tracking);
        if (policy is StepPolicy steps) json["StepScalingPolicyConfiguration"] = Steps(steps);
        return json;
    }

    public static JsonObject Activity(ScalableTarget target, ScalingActivity activity)
    {
        var json = Of(target);
        json["ActivityId"] = activity.Id;
        json["Description"] = activity.Description;
        json["Cause"] = activity.Cause;
        json["StartTime"] = Time(activity.At);
        json["EndTime"] = Time(activity.At);
        json["StatusCode"] = "Successful";
        json["StatusMessage"] = $"Successfully: {activity.Description}";
        return json;
    }

    public static JsonObject Action(ScalableTarget target, ScheduledAction action)
    {
        var json = Of(target);
        json["ScheduledActionName"] = action.Name;
        json["Schedule"] = action.Times.Expression;
        if (action.TimeZone is { } zone) json["Timezone"] = zone;
        var limits = new JsonObject();
        if (action.Min is { } min) limits["MinCapacity"] = min;
        if (action.Max is { } max) limits["MaxCapacity"] = max;
        json["ScalableTargetAction"] = limits;
        return json;
    }

    private static JsonObject Tracking(TrackingPolicy policy) => new()
    {
        ["TargetValue"] = policy.TargetValue,
        ["CustomizedMetricSpecification"] = new JsonObject
        {
            ["MetricName"] = policy.Metric.Name,
            ["Namespace"] = policy.Metric.Namespace,
            ["Dimensions"] = new JsonArray(
                [.. policy.Metric.Dimensions.Select(d => new JsonObject { ["Name"] = d.Name, ["Value"] = d.Value })]),
            ["Statistic"] = policy.Statistic,
        },
        ["ScaleOutCooldown"] = (int)policy.ScaleOutCooldown.TotalSeconds,
        ["ScaleInCooldown"] = (int)policy.ScaleInCooldown.TotalSeconds,
        ["DisableScaleIn"] = policy.DisableScaleIn,
    };

    private static JsonObject Steps(StepPolicy policy)
    {
        var json = new JsonObject
        {
            ["AdjustmentType"] = policy.AdjustmentType,
            ["Cooldown"] = (int)policy.ScaleOutCooldown.TotalSeconds,
            ["MetricAggregationType"] = policy.MetricAggregationType ?? "Average",
            ["StepAdjustments"] = new JsonArray([.. policy.Steps.Select(Step)]),
        };
        if (policy.MinAdjustmentMagnitude is { } magnitude) json["MinAdjustmentMagnitude"] = magnitude;
        return json;
    }

    private static JsonObject Step(StepAdjustment step)
    {
        var json = new JsonObject { ["ScalingAdjustment"] = step.Adjustment };
        if (step.Lower is { } lower) json["MetricIntervalLowerBound"] = lower;
        if (step.Upper is { } upper) json["MetricIntervalUpperBound"] = upper;
        return json;
    }

    private static JsonObject Of(ScalableTarget target) => new()
    {
        ["ServiceNamespace"] = ScalableTarget.Namespace,
        ["ResourceId"] = target.ResourceId,
        ["ScalableDimension"] = ScalableTarget.Dimension,
    };

    private static JsonValue Time(DateTimeOffset at) => JsonValue.Create(EpochTime.Seconds(at));
}
