using System.Text.Json.Nodes;
using Lapstack.Ground;

namespace Lapstack.Template;

/// <summary>Turns a template into a <see cref="Stack"/>. Pure: nothing is created.</summary>
public sealed class StackResolver
{
    private readonly Account _account;
    private readonly Dictionary<string, IResourceType> _types;
    private readonly IStoredParameters? _parameters;

    /// <param name="types">Registered types; one that is also in <see cref="PassiveTypes"/> replaces it.</param>
    /// <param name="parameters">What parameters of the template take their values from; null for none.</param>
    public StackResolver(
        Account account, IEnumerable<IResourceType> types, IStoredParameters? parameters = null)
    {
        (_account, _parameters) = (account, parameters);
        _types = PassiveTypes.All.ToDictionary(t => t.Type, StringComparer.Ordinal);
        foreach (var type in types) _types[type.Type] = type;
    }

    public IResourceType TypeOf(StackResource resource) => _types[resource.Type];

    /// <summary>
    /// Resources of a type that the emulator does not have are left out, and outputs that refer to one of them.
    /// </summary>
    /// <exception cref="TemplateException">A function the emulator does not have, a broken reference, or a resource
    /// that needs one of an unknown type.</exception>
    public Stack Resolve(string name, JsonObject template)
    {
        var intrinsics = new Intrinsics(template, name, _account, _parameters);
        var declared = (template["Resources"] as JsonObject ?? [])
            .ToDictionary(r => r.Key, r => r.Value!.AsObject(), StringComparer.Ordinal);
        var wanted = declared
            .Where(r => (string?)r.Value["Condition"] is not { } condition || intrinsics.Condition(condition, r.Key))
            .ToDictionary(StringComparer.Ordinal);
        var leftOut = LeaveOutUnknownTypes(wanted);
        var resources = References.Order(wanted).Select(id => Resolve(name, id, wanted[id], intrinsics)).ToList();
        var outputs = Outputs(template, intrinsics, leftOut.Select(one => one.LogicalId).ToHashSet());
        return new Stack(name, resources, outputs) { LeftOut = leftOut };
    }

    private StackResource Resolve(string stack, string id, JsonObject declared, Intrinsics intrinsics)
    {
        var type = TypeOf(declared);
        var properties = intrinsics.Resolve(declared["Properties"], id) as JsonObject ?? [];
        var identity = _types[type].Identify(new ResourceDeclaration(stack, id, type, properties, _account));
        intrinsics.Add(id, identity);
        return new StackResource(id, type, properties, declared["Metadata"]?.DeepClone() as JsonObject ?? [], identity);
    }

    /// <summary>Takes them out of what is wanted.</summary>
    private List<LeftOutResource> LeaveOutUnknownTypes(Dictionary<string, JsonObject> wanted)
    {
        var unknown = wanted.Where(one => !_types.ContainsKey(TypeOf(one.Value)))
            .Select(one => new LeftOutResource(one.Key, TypeOf(one.Value)))
            .ToList();
        foreach (var one in unknown) wanted.Remove(one.LogicalId);
        var needed = (
            from one in unknown
            from user in wanted
            where References.InProperties(user.Value).Contains(one.LogicalId, StringComparer.Ordinal)
            select $"{one.LogicalId} ({one.Type}), to which {user.Key} ({TypeOf(user.Value)}) refers").ToList();
        if (needed.Count == 0) return unknown;
        throw new TemplateException(
            $"The emulator does not support: {string.Join("; ", needed)}. Supported types: " +
            $"{string.Join(", ", _types.Keys.Order(StringComparer.Ordinal))}.");
    }

    private static string TypeOf(JsonObject declared) => (string)declared["Type"]!;

    private static Dictionary<string, string> Outputs(
        JsonObject template, Intrinsics intrinsics, HashSet<string> leftOut) => (
        from output in template["Outputs"] as JsonObject ?? []
        where (string?)output.Value!["Condition"] is not { } condition || intrinsics.Condition(condition, output.Key)
        where !References.Below(output.Value!["Value"]).Any(leftOut.Contains)
        select (output.Key, Value: intrinsics.Text(output.Value!["Value"], $"Outputs.{output.Key}")))
        .ToDictionary(o => o.Key, o => o.Value, StringComparer.Ordinal);
}
