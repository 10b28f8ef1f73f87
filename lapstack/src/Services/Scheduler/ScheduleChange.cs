using System.Text.Json.Nodes;

namespace Lapstack.Services.Scheduler;

/// <summary>What a call says of a schedule that the template does not say.</summary>
internal static class ScheduleChange
{
    /// <summary>What the service takes where nothing is said.</summary>
    private static readonly Dictionary<string, string> Defaults = new()
    {
        ["ScheduleExpressionTimezone"] = "UTC",
        ["Description"] = "",
    };

    /// <summary>
    /// Members that say which schedule, how it is switched, or nothing of it: the token makes a repeated call one.
    /// </summary>
    private static readonly string[] Other = ["Name", "GroupName", "State", "ClientToken"];

    /// <summary>The first member that differs; null when none does.</summary>
    public static string? Of(JsonObject declared, JsonObject asked) =>
        declared.Select(member => member.Key).Union(asked.Select(member => member.Key))
        .Except(Other)
        .FirstOrDefault(member => !Same(Value(declared, member), Value(asked, member)));

    private static JsonNode? Value(JsonObject schedule, string member) =>
        schedule[member] ?? (Defaults.TryGetValue(member, out var value) ? JsonValue.Create(value) : null);

    /// <summary>A template may write numbers as text.</summary>
    private static bool Same(JsonNode? one, JsonNode? other) => (one, other) switch
    {
        (JsonObject a, JsonObject b) =>
            a.Select(member => member.Key).Union(b.Select(member => member.Key)).All(key => Same(a[key], b[key])),
        (JsonValue a, JsonValue b) => a.ToString() == b.ToString(),
        _ => JsonNode.DeepEquals(one, other),
    };
}
