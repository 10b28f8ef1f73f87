using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.State;

namespace Lapstack.Services.CloudWatch;

/// <summary>What the alarms did: of each its newest hundred items, which outlive the process.</summary>
internal sealed class AlarmHistory(StateFolder state)
{
    private const int Kept = 100;

    private readonly Lock _gate = new();
    private readonly ServiceState _state = state.For("cloudwatch");

    /// <summary>The newest first.</summary>
    public IReadOnlyList<AlarmHistoryItem> Of(Alarm alarm)
    {
        lock (_gate) return _state.Read<List<AlarmHistoryItem>>(FileOf(alarm)) ?? [];
    }

    /// <param name="outcomes">Each action, and why it could not be run; null when it was.</param>
    public void Add(
        Alarm alarm, AlarmStatus before, AlarmStatus after, IReadOnlyList<(string Action, string? Refusal)> outcomes)
    {
        var update = new JsonObject
        {
            ["version"] = "1.0",
            ["type"] = "Update",
            ["oldState"] = State(before),
            ["newState"] = State(after),
        };
        List<AlarmHistoryItem> items =
        [
            .. outcomes.Reverse().Select(outcome => Action(alarm, after, outcome)),
            new(
                alarm.Name,
                after.Since,
                "StateUpdate",
                $"Alarm updated from {before.State} to {after.State}",
                update.ToJsonString(JsonText.Plain)),
        ];
        lock (_gate) _state.Write(FileOf(alarm), items.Concat(Of(alarm)).Take(Kept));
    }

    private static AlarmHistoryItem Action(Alarm alarm, AlarmStatus after, (string Action, string? Refusal) outcome)
    {
        var data = new JsonObject
        {
            ["actionState"] = outcome.Refusal is null ? "Succeeded" : "Failed",
            ["notificationResource"] = outcome.Action,
            ["stateUpdateTimestamp"] = after.Since.ToUnixTimeMilliseconds(),
        };
        if (outcome.Refusal is { } refusal) data["error"] = refusal;
        var summary = outcome.Refusal is null
            ? $"Successfully executed action {outcome.Action}"
            : $"Failed to execute action {outcome.Action}. Received error: \"{outcome.Refusal}\"";
        return new AlarmHistoryItem(alarm.Name, after.Since, "Action", summary, data.ToJsonString(JsonText.Plain));
    }

    private static JsonObject State(AlarmStatus status) =>
        new() { ["stateValue"] = status.State.ToString(), ["stateReason"] = status.Reason };

    private static string FileOf(Alarm alarm) => $"history/{FileNames.Hash(alarm.Name)}.json";
}
