using System.Text.Json.Nodes;
using Lapstack.Delivery;
using Lapstack.Ground;
using Lapstack.Patterns;
using Lapstack.Schedules;

namespace Lapstack.Services.Events;

/// <summary>
/// Reads a rule from the template. What EventBridge would refuse, or the emulator cannot deliver, is thrown as
/// FormatException, <see cref="EventPatternException"/> or <see cref="ScheduleException"/>.
/// </summary>
internal static class RuleReader
{
    private const int MostTargets = 5;

    /// <summary>What the emulator delivers to, by the service in the target's ARN.</summary>
    private static readonly HashSet<string> TargetServices = ["sqs", "lambda", "sns"];

    private static readonly HashSet<string> TargetMembers =
        ["Id", "Arn", "RoleArn", "Input", "InputPath", "InputTransformer", "RetryPolicy", "DeadLetterConfig"];

    /// <param name="start">The instant a rate counts its periods from.</param>
    public static EventRule Read(string name, string arn, JsonObject properties, DateTimeOffset start)
    {
        var bus = BusOf(properties);
        var pattern = properties["EventPattern"]?.ToJsonString(JsonText.Plain);
        var schedule = properties["ScheduleExpression"]?.ToString();
        if (pattern is null && schedule is null)
        {
            throw new FormatException("it needs an EventPattern, a ScheduleExpression, or both");
        }

        if (schedule is not null && bus != EventBuses.Default)
        {
            throw new FormatException("ScheduleExpression is supported only on the default event bus");
        }

        if (schedule?.StartsWith("at(", StringComparison.Ordinal) == true)
            throw new FormatException("at(…) is for EventBridge Scheduler; a rule takes rate(…) or cron(…)");
        var targets = (properties["Targets"] as JsonArray ?? []).OfType<JsonObject>().Select(ReadTarget).ToList();
        if (targets.Count > MostTargets)
        {
            throw new FormatException($"it has {targets.Count} targets, and may have {MostTargets}");
        }

        return new EventRule(
            bus,
            name,
            arn,
            properties["Description"]?.ToString(),
            properties["RoleArn"]?.ToString(),
            properties["State"]?.ToString() != "DISABLED",
            pattern is null ? null : EventPattern.Parse(pattern),
            pattern,
            schedule is null ? null : Schedule.Parse(schedule, start: start),
            targets);
    }

    public static string BusOf(JsonObject properties) => EventBuses.NameOf(properties["EventBusName"]?.ToString());

    private static RuleTarget ReadTarget(JsonObject target)
    {
        var id = target["Id"]?.ToString() ?? throw new FormatException("a target has no Id");
        var arn = target["Arn"]?.ToString() ?? throw new FormatException($"target {id} has no Arn");
        if (arn.Split(':') is not [_, _, var service, ..] || !TargetServices.Contains(service))
            throw new FormatException(
                $"target {id}: the emulator delivers to {string.Join(", ", TargetServices)}, not to {arn}");
        if (target.Select(member => member.Key).FirstOrDefault(
            member => !TargetMembers.Contains(member)) is { } unknown)
            throw new FormatException($"target {id}: {unknown} is not supported");
        return new RuleTarget(
            id,
            arn,
            target["RoleArn"]?.ToString(),
            ReadInput(id, target),
            RetryPolicy.Read(id, target["RetryPolicy"] as JsonObject),
            target["DeadLetterConfig"]?["Arn"]?.ToString(),
            (JsonObject)target.DeepClone());
    }

    private static TargetInput ReadInput(string id, JsonObject target)
    {
        string[] forms = ["Input", "InputPath", "InputTransformer"];
        if (forms.Count(target.ContainsKey) > 1)
            throw new FormatException(
                $"Only one of Input, InputPath, or InputTransformer must be provided for target {id}");
        if (target["Input"] is { } constant) return TargetInput.Constant(constant.ToString());
        if (target["InputPath"] is { } path) return TargetInput.Part(path.ToString());
        if (target["InputTransformer"] is not JsonObject transformer) return TargetInput.WholeEvent;
        var paths = (transformer["InputPathsMap"] as JsonObject ?? [])
            .ToDictionary(pair => pair.Key, pair => pair.Value?.ToString() ?? "");
        return InputTransformer.Parse(paths, transformer["InputTemplate"]?.ToString() ?? "");
    }
}
