using System.Text.Json.Nodes;
using Lapstack.Delivery;
using Lapstack.Schedules;

namespace Lapstack.Services.Scheduler;

/// <summary>
/// Reads a schedule from the template. What Scheduler would refuse, or the emulator cannot do, is thrown as
/// FormatException or <see cref="ScheduleException"/>.
/// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
/// </summary>
internal static class ScheduleReader
{
    private static readonly HashSet<string> Members =
        [
            "Name", "Description", "GroupName", "ScheduleExpression", "ScheduleExpressionTimezone", "State",
            "FlexibleTimeWindow", "Target",
        ];

    private static readonly HashSet<string> TargetMembers =
    [
        "Arn", "RoleArn", "Input", "RetryPolicy", "DeadLetterConfig",
    ];

    /// <param name="start">The instant a rate counts its periods from.</param>
    public static SchedulerTask Read(string name, string arn, JsonObject properties, DateTimeOffset start)
    {
        RequireKnown("", properties, Members);
        if (properties["FlexibleTimeWindow"]?["Mode"]?.ToString() != "OFF")
        {
            throw new FormatException("FlexibleTimeWindow must have Mode OFF: the emulator fires on time");
        }

        if (properties["Target"] is not JsonObject target) throw new FormatException("it has no Target");
        RequireKnown("Target: ", target, TargetMembers);
        var targetArn = Text(target, "Arn");
        if (targetArn.Split(':') is not [_, _, "sqs", ..])
        {
            throw new FormatException($"Target: the emulator's schedules deliver to sqs, not to {targetArn}");
        }

        return new SchedulerTask(
            name,
            arn,
            Schedule.Parse(
                Text(properties, "ScheduleExpression"), properties["ScheduleExpressionTimezone"]?.ToString(), start),
            targetArn,
            Text(target, "RoleArn"),
            Text(target, "Input"),
            RetryPolicy.Read("Target", target["RetryPolicy"] as JsonObject),
            target["DeadLetterConfig"]?["Arn"]?.ToString(),
            properties["State"]?.ToString() != "DISABLED",
            start,
            properties);
    }

    private static string Text(JsonObject properties, string name) =>
        properties[name]?.ToString() ?? throw new FormatException($"it has no {name}");

    private static void RequireKnown(string where, JsonObject properties, HashSet<string> known)
    {
        if (properties.Select(member => member.Key).FirstOrDefault(member => !known.Contains(member)) is { } unknown)
            throw new FormatException($"{where}{unknown} is not supported");
    }
}
