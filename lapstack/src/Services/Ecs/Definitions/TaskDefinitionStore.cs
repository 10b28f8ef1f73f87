using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.State;

namespace Lapstack.Services.Ecs.Definitions;

/// <summary>
/// The task families with all their revisions. A definition that changed between two starts of the emulator gets the
/// next revision.
/// </summary>
internal sealed class TaskDefinitionStore(StateFolder state, Account account, TimeProvider clock)
{
    private readonly ServiceState _state = state.For("ecs");
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<TaskDefinition>> _byFamily = new(StringComparer.Ordinal);
    private readonly HashSet<string> _inStack = new(StringComparer.Ordinal);

    public IReadOnlyList<TaskDefinition> Active
    {
        get
        {
            lock (_gate) return [.. _inStack.Order(StringComparer.Ordinal).SelectMany(Load)];
        }
    }

    /// <summary>The ARN the definition has, or would get if it were registered. Changes nothing.</summary>
    public string ArnOf(string family, JsonObject definition)
    {
        lock (_gate) return Arn(family, Next(family, definition).Revision);
    }

    public TaskDefinition Register(string family, JsonObject definition)
    {
        lock (_gate)
        {
            _inStack.Add(family);
            var (revision, known) = Next(family, definition);
            if (known is not null) return known;
            var registered = new TaskDefinition(
                Arn(family, revision), family, revision, clock.GetUtcNow(), (JsonObject)definition.DeepClone());
            var revisions = Load(family);
            revisions.Add(registered);
            _state.Write(Document(family), revisions);
            return registered;
        }
    }

    /// <param name="identifier">A family (its latest revision), <c>family:revision</c>, or an ARN. Null when there is
    /// none.</param>
    public TaskDefinition? Find(string identifier)
    {
        var name = identifier[(identifier.LastIndexOf('/') + 1)..].Split(':');
        lock (_gate)
        {
            if (!_inStack.Contains(name[0])) return null;
            var revisions = Load(name[0]);
            return name.Length == 1
                ? revisions[^1]
                : revisions.Find(
                    d => d.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture) == name[1]);
        }
    }

    private (int Revision, TaskDefinition? Known) Next(string family, JsonObject definition)
    {
        var latest = Load(family).LastOrDefault();
        if (latest is null) return (1, null);
        return JsonNode.DeepEquals(latest.Json, definition) ? (latest.Revision, latest) : (latest.Revision + 1, null);
    }

    private List<TaskDefinition> Load(string family)
    {
        if (!_byFamily.TryGetValue(family, out var revisions))
            _byFamily[family] = revisions = _state.Read<List<TaskDefinition>>(Document(family)) ?? [];
        return revisions;
    }

    private string Arn(string family, int revision) => account.Arn("ecs", $"task-definition/{family}:{revision}");

    private static string Document(string family) => $"definitions/{FileNames.Hash(family)}.json";
}
