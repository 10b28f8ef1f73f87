using System.Text.Json.Nodes;
using Lapstack.Ground;

namespace Lapstack.Template;

/// <summary>Turns a template into a <see cref="Stack"/>. Pure: nothing is created.</summary>
public sealed class StackResolver
{
    private readonly Account _account;
    private readonly Dictionary<string, IResourceType> _types;

    /// <param name="types">Registered types; one that is also in <see cref="PassiveTypes"/> replaces it.</param>
    public StackResolver(Account account, IEnumerable<IResourceType> types)
    {
        _account = account;
        _types = PassiveTypes.All.ToDictionary(t => t.Type, StringComparer.Ordinal);
        foreach (var type in types) _types[type.Type] = type;
    }

    public IResourceType TypeOf(StackResource resource) => _types[resource.Type];

    /// <exception cref="TemplateException">A type or a function the emulator does not have, or a broken
    /// reference.</exception>
    public Stack Resolve(string name, JsonObject template)
    {
        var intrinsics = new Intrinsics(template, name, _account);
        var declared = (template["Resources"] as JsonObject ?? [])
            .ToDictionary(r => r.Key, r => r.Value!.AsObject(), StringComparer.Ordinal);
        var wanted = declared
            .Where(r => (string?)r.Value["Condition"] is not { } condition || intrinsics.Condition(condition, r.Key))
            .ToDictionary(StringComparer.Ordinal);
        RefuseUnknownTypes(wanted);
        var resources = References.Order(wanted).Select(id => Resolve(name, id, wanted[id], intrinsics)).ToList();
        return new Stack(name, resources, Outputs(template, intrinsics));
    }

    private StackResource Resolve(string stack, string id, JsonObject declared, Intrinsics intrinsics)
    {
        var type = (string)declared["Type"]!;
        var properties = intrinsics.Resolve(declared["Properties"], id) as JsonObject ?? [];
        var identity = _types[type].Identify(new ResourceDeclaration(stack, id, type, properties, _account));
        intrinsics.Add(id, identity);
        return new StackResource(id, type, properties, declared["Metadata"]?.DeepClone() as JsonObject ?? [], identity);
    }

    private void RefuseUnknownTypes(Dictionary<string, JsonObject> resources)
    {
        var unknown = resources.Where(r => !_types.ContainsKey((string)r.Value["Type"]!))
            .Select(r => $"{r.Key} ({r.Value["Type"]})")
            .ToList();
        if (unknown.Count == 0) return;
        throw new TemplateException(
            $"The emulator does not support: {string.Join(", ", unknown)}. Supported types: " +
            $"{string.Join(", ", _types.Keys.Order(StringComparer.Ordinal))}.");
    }

    private static Dictionary<string, string> Outputs(JsonObject template, Intrinsics intrinsics) => (
        from output in template["Outputs"] as JsonObject ?? []
        where (string?)output.Value!["Condition"] is not { } condition || intrinsics.Condition(condition, output.Key)
        select (output.Key, Value: intrinsics.Text(output.Value!["Value"], $"Outputs.{output.Key}")))
        .ToDictionary(o => o.Key, o => o.Value, StringComparer.Ordinal);
}
