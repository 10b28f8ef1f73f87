using System.Text.Json;

namespace Lapstack.Patterns;

/// <summary>Turns a pattern into its branches: a `$or` multiplies the branches gathered so far.</summary>
internal static class PatternCompiler
{
    private const string Or = "$or";

    /// <summary>What `$or` may multiply to, by the user guide.</summary>
    private const int MostBranches = 1000;

    /// <summary>
    /// Inside `$or` these could be a misplaced operator, so the service keeps them from being field names.
    /// </summary>
    private static readonly HashSet<string> ReservedInsideOr =
    [
        .. MatchExpression.Operators, "=", "<", "<=", ">", ">=", "regex", "not-wildcard", "not-equals-ignore-case",
        "date-after",
        "date-on-or-after", "date-before", "date-on-or-before", "in-date-range", "ip-address-in-range",
        "ip-address-not-in-range",
    ];

    public static IReadOnlyList<PatternBranch> Compile(JsonElement pattern)
    {
        if (pattern.ValueKind != JsonValueKind.Object) throw EventPatternException.At("", "Filter is not an object");
        return AddObject([new PatternBranch()], "", pattern, insideOr: false);
    }

    private static List<PatternBranch> AddObject(
        List<PatternBranch> branches, string path, JsonElement fields, bool insideOr)
    {
        if (!fields.EnumerateObject().Any()) throw EventPatternException.At(path, "Empty objects are not allowed");
        foreach (var field in fields.EnumerateObject())
            branches = AddField(branches, path, field, insideOr);
        return branches;
    }

    private static List<PatternBranch> AddField(
        List<PatternBranch> branches, string parent, JsonProperty field, bool insideOr)
    {
        var path = parent.Length == 0 ? field.Name : $"{parent}.{field.Name}";
        if (field.Name == Or) return AddOr(branches, parent, path, field.Value);
        if (insideOr && ReservedInsideOr.Contains(field.Name))
            throw EventPatternException.At(
                path, $"{field.Name} is a reserved field name which cannot be used inside {Or}");
        switch (field.Value.ValueKind)
        {
            case JsonValueKind.Object:
                return AddObject(branches, path, field.Value, insideOr);
            case JsonValueKind.Array:
                var alternatives = field.Value.EnumerateArray()
                    .Select(value => MatchExpression.Compile(path, value))
                    .ToList();
                if (alternatives.Count == 0) throw EventPatternException.At(path, "Empty arrays are not allowed");
                foreach (var branch in branches) branch.Require(path, alternatives);
                return branches;
            default:
                throw EventPatternException.At(path, $"\"{field.Name}\" must be an object or an array");
        }
    }

    private static List<PatternBranch> AddOr(
        List<PatternBranch> branches, string parent, string path, JsonElement choices)
    {
        if (choices.ValueKind != JsonValueKind.Array)
        {
            throw EventPatternException.At(path, $"It must be an array that follows {Or}");
        }

        if (choices.GetArrayLength() < 2)
        {
            throw EventPatternException.At(path, $"There must be at least 2 objects in {Or}");
        }

        List<PatternBranch> forked = [];
        foreach (var choice in choices.EnumerateArray())
        {
            if (choice.ValueKind != JsonValueKind.Object)
            {
                throw EventPatternException.At(path, $"Only objects are allowed in {Or}");
            }

            forked.AddRange(AddObject([.. branches.Select(branch => branch.Copy())], parent, choice, insideOr: true));
            if (forked.Count > MostBranches)
                throw EventPatternException.At(path, $"{Or} multiplies to more than {MostBranches} combinations");
        }
        return forked;
    }
}
