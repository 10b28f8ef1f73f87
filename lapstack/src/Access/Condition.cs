using System.Text.Json.Nodes;

namespace Lapstack.Access;

/// <summary>
/// One key under one operator.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html Several values
/// are an OR (a NOR for a negated operator); several conditions are an AND.
/// </summary>
internal sealed class Condition
{
    private readonly string _key;
    private readonly string[] _values;
    private readonly ConditionOperator _operator;
    private readonly bool _ifExists;
    private readonly bool _forAll;
    private readonly bool _forAny;

    private Condition(string name, string key, string[] values)
    {
        _key = key;
        _values = values;
        var bare = name;
        if (bare.StartsWith("ForAllValues:", StringComparison.OrdinalIgnoreCase)) (_forAll, bare) = (true, bare[13..]);
        else if (bare.StartsWith("ForAnyValue:", StringComparison.OrdinalIgnoreCase))
        {
            (_forAny, bare) = (true, bare[12..]);
        }

        if (bare.EndsWith("IfExists", StringComparison.OrdinalIgnoreCase)) (_ifExists, bare) = (true, bare[..^8]);
        _operator = ConditionOperator.Find(bare)
            ?? throw new FormatException($"The condition operator '{name}' is unknown.");
    }

    public static IEnumerable<Condition> ParseAll(JsonNode? node) =>
        from operation in node as JsonObject ?? []
        from key in operation.Value as JsonObject ?? []
        select new Condition(operation.Key, key.Key, Statement.Texts(key.Value) ?? []);

    public bool Holds(RequestContext context, bool variables)
    {
        var actual = context[_key];
        if (_operator.IsNull) return _values.Any(v => bool.TryParse(v, out var absent) && absent == (actual is null));
        if (_forAll) return (actual ?? []).All(a => HoldsFor(a, context, variables));
        if (actual is null) return _ifExists || (_operator.Negated && !_forAny);
        if (_forAny) return actual.Any(a => HoldsFor(a, context, variables));

        // A plain operator on a key with several values: any of them may match, and a negated operator is its opposite.
        return _operator.Negated
            ? actual.All(a => HoldsFor(a, context, variables))
            : actual.Any(a => HoldsFor(a, context, variables));
    }

    private bool HoldsFor(string actual, RequestContext context, bool variables)
    {
        var matches = _values.Any(
            v => PolicyVariables.Expand(v, context, variables) is { } wanted && _operator.Compare(wanted, actual));
        return matches != _operator.Negated;
    }
}
