using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Lapstack.State;

namespace Lapstack.Services.Events;

/// <summary>
/// The rules of all buses. Of them only what the template does not say outlives the process: when each was first
/// made, for a rate counts from there, and whether a call has switched it.
/// </summary>
internal sealed class RuleStore(StateFolder state, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, EventRule> _rules = new(StringComparer.Ordinal);
    private readonly ServiceState _state = state.For("events");
    private readonly Switches _switches = new(state.For("events"));

    public IEnumerable<EventRule> All => _rules.Values.OrderBy(rule => rule.Name, StringComparer.Ordinal);

    public IEnumerable<EventRule> On(string bus) => All.Where(rule => rule.Bus == bus);

    /// <param name="id">By <see cref="EventRule.IdOf"/>.</param>
    public EventRule? Find(string id) => _rules.GetValueOrDefault(id);

    public void Open(string name, string arn, JsonObject properties)
    {
        var id = EventRule.IdOf(RuleReader.BusOf(properties), name);
        var file = $"rules/{FileNames.Hash(id)}.json";
        var start = _state.Read<DateTimeOffset?>(file) ?? clock.GetUtcNow();
        _state.Write(file, start);
        var rule = RuleReader.Read(name, arn, properties, start);
        _rules[id] = rule with { IsEnabled = _switches.Open(id, rule.IsEnabled) };
    }

    public void Switch(EventRule rule, bool isOn)
    {
        _switches.Set(rule.Id, isOn);
        _rules[rule.Id] = rule with { IsEnabled = isOn };
    }
}
