using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Lapstack.State;

namespace Lapstack.Services.Events;

/// <summary>The rules of the default bus. Of them only when each was first made outlives the process: a rate counts from there.</summary>
internal sealed class RuleStore(StateFolder state, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, EventRule> _rules = new(StringComparer.Ordinal);
    private readonly ServiceState _state = state.For("events");

    public IEnumerable<EventRule> All => _rules.Values.OrderBy(rule => rule.Name, StringComparer.Ordinal);

    public EventRule? Find(string name) => _rules.GetValueOrDefault(name);

    public void Open(string name, string arn, JsonObject properties)
    {
        var file = $"rules/{FileNames.Hash(name)}.json";
        var start = _state.Read<DateTimeOffset?>(file) ?? clock.GetUtcNow();
        _state.Write(file, start);
        _rules[name] = RuleReader.Read(name, arn, properties, start);
    }
}
