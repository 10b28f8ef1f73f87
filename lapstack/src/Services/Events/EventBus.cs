using System.Text.Json;
using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Ports;

namespace Lapstack.Services.Events;

/// <summary>An event goes to the targets of every enabled rule of its bus whose pattern it matches.</summary>
internal sealed class EventBus(RuleStore rules, Deliveries deliveries, Activity activity) : IEventBus
{
    public Task PutAsync(JsonObject @event, CancellationToken cancellation) =>
        PutAsync(EventBuses.Default, @event);

    public Task PutAsync(string bus, JsonObject @event)
    {
        var text = @event.ToJsonString(JsonText.Plain);
        using var document = JsonDocument.Parse(text);
        var matched = rules.On(bus).Where(
            rule => rule.IsEnabled && rule.Pattern?.Matches(document.RootElement) == true);
        foreach (var rule in matched)
        {
            foreach (var target in rule.Targets) deliveries.Add(rule, target, text);
            activity.Report(
                "EventBridge",
                "Matched",
                $"{@event["detail-type"]} from {@event["source"]} matched {rule.Name} → {rule.TargetNames}");
        }
        return Task.CompletedTask;
    }
}
