using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Schedules;
using Lapstack.Wire;

namespace Lapstack.Services.AutoScaling;

/// <summary>
/// Reads a target of the template and refuses what is not emulated, each as a <see cref="FormatException"/> or
/// <see cref="ScheduleException"/>.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-applicationautoscaling-scalabletarget.html
/// </summary>
internal static class TargetReader
{
    private const string ServiceRole = "role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService";

    private static readonly string[] Members =
    [
        "MinCapacity", "MaxCapacity", "ResourceId", "RoleARN", "ScalableDimension", "ServiceNamespace",
        "ScheduledActions",
    ];
    private static readonly string[] ActionMembers =
    [
        "ScheduledActionName", "Schedule", "Timezone", "ScalableTargetAction",
    ];

    public static string IdOf(JsonObject properties) =>
        $"{properties.Text("ResourceId")}|{properties.Text("ScalableDimension")}|{properties.Text("ServiceNamespace")}";

    /// <param name="start">The instant a rate counts its periods from.</param>
    public static ScalableTarget Read(JsonObject properties, Account account, DateTimeOffset start)
    {
        RequireKnown("", properties, Members);
        if (properties.Text("ServiceNamespace") != ScalableTarget.Namespace
            || properties.Text("ScalableDimension") != ScalableTarget.Dimension)
            throw new FormatException(
                $"the emulator scales {ScalableTarget.Dimension} of {ScalableTarget.Namespace} only");
        var resourceId = properties.Text("ResourceId") ?? "";
        if (resourceId.Split('/') is not ["service", _, _])
        {
            throw new FormatException($"ResourceId must be service/CLUSTER/SERVICE, not '{resourceId}'");
        }

        var role = $"arn:aws:iam::{account.Id}:{ServiceRole}";
        if (properties.Text("RoleARN") is { } given && given != role)
        {
            throw new FormatException($"RoleARN must be the service-linked role {role}, not {given}");
        }

        var limits = Limits("", properties.Number("MinCapacity"), properties.Number("MaxCapacity"))
            ?? throw new FormatException("it needs MinCapacity and MaxCapacity");
        var id = IdOf(properties);
        return new ScalableTarget(
            id,
            resourceId,
            account.Arn("application-autoscaling", $"scalable-target/{DerivedIds.Hex(id, 34)}"),
            role,
            limits,
            [.. properties.Structures("ScheduledActions").Select(action => Action(action, start))]);
    }

    private static ScheduledAction Action(JsonObject action, DateTimeOffset start)
    {
        var name = action.Text("ScheduledActionName")
            ?? throw new FormatException("a scheduled action needs a ScheduledActionName");
        RequireKnown($"{name}: ", action, ActionMembers);
        var limits = action.Structure("ScalableTargetAction");
        var (min, max) = (limits.Number("MinCapacity"), limits.Number("MaxCapacity"));
        if (min is null && max is null)
        {
            throw new FormatException($"{name}: ScalableTargetAction needs MinCapacity, MaxCapacity or both");
        }

        Limits($"{name}: ", min ?? 0, max ?? int.MaxValue);
        var zone = action.Text("Timezone");
        return new ScheduledAction(name, Schedule.Parse(action.Text("Schedule") ?? "", zone, start), zone, min, max);
    }

    private static CapacityLimits? Limits(string where, int? min, int? max)
    {
        if (min is not { } least || max is not { } most) return null;
        if (least < 0 || most < 0 || least > most)
        {
            throw new FormatException(
                $"{where}MinCapacity {least} and MaxCapacity {most} must be 0 or more, and the first not above the " +
                "second");
        }

        return new CapacityLimits(least, most);
    }

    public static void RequireKnown(string where, JsonObject properties, string[] known)
    {
        if (properties.Select(m => m.Key).FirstOrDefault(m => !known.Contains(m)) is { } unknown)
            throw new FormatException($"{where}{unknown} is not supported; supported are {string.Join(", ", known)}");
    }
}
