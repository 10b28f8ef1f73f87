using System.Globalization;
using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Wire;

namespace Lapstack.Services.AutoScaling;

/// <summary>
/// Reads a policy of the template and refuses what is not emulated, each as a <see cref="FormatException"/>.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-applicationautoscaling-scalingpolicy.html
/// </summary>
internal static class PolicyReader
{
    /// <summary>Of a service's policies, unless they say otherwise.</summary>
    private const int DefaultCooldownSeconds = 300;

    private static readonly string[] Members =
    [
        "PolicyName", "PolicyType", "ScalingTargetId", "ResourceId", "ScalableDimension", "ServiceNamespace",
        "TargetTrackingScalingPolicyConfiguration", "StepScalingPolicyConfiguration",
    ];

    private static readonly string[] TrackingMembers =
    [
        "TargetValue", "ScaleInCooldown", "ScaleOutCooldown", "DisableScaleIn", "CustomizedMetricSpecification",
    ];
    private static readonly string[] MetricMembers = ["MetricName", "Namespace", "Dimensions", "Statistic", "Unit"];
    private static readonly string[] Statistics = ["Average", "Maximum", "Minimum", "SampleCount", "Sum"];
    private static readonly string[] StepMembers =
    [
        "AdjustmentType", "Cooldown", "MetricAggregationType", "MinAdjustmentMagnitude", "StepAdjustments",
    ];
    private static readonly string[] AdjustmentTypes = ["ChangeInCapacity", "ExactCapacity", "PercentChangeInCapacity"];

    public static ScalingPolicy Read(string name, JsonObject properties, Account account)
    {
        TargetReader.RequireKnown("", properties, Members);
        var target = properties.Text("ScalingTargetId") ?? TargetReader.IdOf(properties);
        var arn = account.Arn(
            "autoscaling",
            $"scalingPolicy:{DerivedIds.Uuid($"{target}/{name}")}:resource/ecs/{target.Split('|')[0]}:policyName/{name}");
        return properties.Text("PolicyType") switch
        {
            "TargetTrackingScaling" =>
                Tracking(name, arn, target, properties.Structure("TargetTrackingScalingPolicyConfiguration")),
            "StepScaling" => Step(name, arn, target, properties.Structure("StepScalingPolicyConfiguration")),
            var other =>
                throw new FormatException($"PolicyType must be TargetTrackingScaling or StepScaling, not '{other}'"),
        };
    }

    private static TrackingPolicy Tracking(string name, string arn, string target, JsonObject configuration)
    {
        TargetReader.RequireKnown("", configuration, TrackingMembers);
        var specification = configuration["CustomizedMetricSpecification"] as JsonObject
                ?? throw new FormatException(
                    "the emulator tracks metrics that the stack publishes: give a CustomizedMetricSpecification");
        TargetReader.RequireKnown("CustomizedMetricSpecification: ", specification, MetricMembers);
        var metric = new MetricName(
            specification.Text("Namespace") ?? "",
            specification.Text("MetricName") ?? "",
            specification.Structures("Dimensions").Select(d => (d.Text("Name") ?? "", d.Text("Value") ?? "")));
        if (metric.Namespace.Length == 0 || metric.Name.Length == 0)
        {
            throw new FormatException("CustomizedMetricSpecification needs Namespace and MetricName");
        }

        if (metric.Namespace.StartsWith("AWS/", StringComparison.Ordinal))
            throw new FormatException(
                $"the emulator tracks metrics that the stack publishes, not {metric.Namespace}; use step scaling " +
                "with an alarm");
        var statistic = specification.Text("Statistic") ?? "";
        if (!Statistics.Contains(statistic))
        {
            throw new FormatException($"Statistic must be one of {string.Join(", ", Statistics)}, not '{statistic}'");
        }

        if (Decimal(configuration, "TargetValue") is not { } value || value <= 0)
        {
            throw new FormatException("TargetValue must be a number above 0");
        }

        return new TrackingPolicy(
            name, arn, target, Seconds(
                configuration,
                "ScaleOutCooldown"), Seconds(
                    configuration, "ScaleInCooldown"), metric, statistic, value, configuration.Flag("DisableScaleIn"));
    }

    private static StepPolicy Step(string name, string arn, string target, JsonObject configuration)
    {
        TargetReader.RequireKnown("", configuration, StepMembers);
        var type = configuration.Text("AdjustmentType") ?? "";
        if (!AdjustmentTypes.Contains(type))
        {
            throw new FormatException(
                $"AdjustmentType must be one of {string.Join(", ", AdjustmentTypes)}, not '{type}'");
        }

        var steps = configuration.Structures("StepAdjustments")
            .Select(s => new StepAdjustment(
                Decimal(s, "MetricIntervalLowerBound"),
                Decimal(s, "MetricIntervalUpperBound"),
                s.Number("ScalingAdjustment") ?? throw new FormatException("a step needs a ScalingAdjustment")))
            .OrderBy(s => s.Lower ?? double.NegativeInfinity).ToList();
        CheckSteps(steps);
        return new StepPolicy(
            name,
            arn,
            target,
            Seconds(configuration, "Cooldown"),
            type,
            configuration.Number("MinAdjustmentMagnitude"),
            configuration.Text("MetricAggregationType"),
            steps);
    }

    /// <summary>They may neither overlap nor leave a gap.</summary>
    private static void CheckSteps(List<StepAdjustment> steps)
    {
        if (steps.Count == 0) throw new FormatException("StepAdjustments needs a step at least");
        if (steps.Exists(s => s.Lower >= s.Upper))
        {
            throw new FormatException("the lower bound of a step must be below its upper bound");
        }

        foreach (var (step, next) in steps.Zip(steps.Skip(1)))
            if (step.Upper is null || step.Upper != next.Lower)
                throw new FormatException(
                    $"steps must follow each other without overlap or gap: one ends at {Bound(step.Upper)} and the " +
                    $"next begins at {Bound(next.Lower)}");
    }

    private static string Bound(double? bound) => bound?.ToString(CultureInfo.InvariantCulture) ?? "no bound";

    private static TimeSpan Seconds(JsonObject configuration, string name) => configuration.Number(name) switch
    {
        < 0 => throw new FormatException($"{name} must be 0 or more seconds"),
        var seconds => TimeSpan.FromSeconds(seconds ?? DefaultCooldownSeconds),
    };

    private static double? Decimal(JsonObject json, string name) => json[name] switch
    {
        null => null,
        JsonValue value when double.TryParse(
            value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new FormatException($"{name} must be a number"),
    };
}
