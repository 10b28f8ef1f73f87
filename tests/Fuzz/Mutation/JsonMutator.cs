using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Jobs.Tests.Fuzz.Mutation;

/// <summary>
/// Changes JSON: members dropped, renamed, nested, doubled, moved from another sample, values of other types, texts cut
/// and broken. Most of it is still JSON, so that what comes after the parser is reached.
/// </summary>
/// <param name="words">Values that mean something where they are read, as JSON.</param>
internal sealed class JsonMutator(params string[] words) : IMutator
{
    private const int MaxFaults = 3;

    /// <summary>Other values, as JSON, or nearly.</summary>
    private static readonly string[] Values =
    [
        "null", "true", "7", "-1", "1.5", "1e400", "-0", "99999999999999999999999999", "1e9999999999", "\"\"", "\"x\"",
        "[]", "{}", "[null]", "[[]]", """{"a":1}""", "NaN", "\"NaN\"", "Infinity", "\"\\u0000\\uffff\"",
        "\"\\ud800\"", "\"a\\udc00b\"", "\"😀\"", "\"../../etc/passwd\"", "\"%00%ff%zz\"", "\"a b+c\\n\"",
        "\"2026-01-05\"", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59.9999999-14:00\"",
        "\"2026-02-30T25:61:00Z\"", "{\"\\ud800\":1}", "{\"a\":1,\"a\":2}",
    ];

    private static readonly string[] Insertions =
    [
        "\u0000", "\ufeff", "\ud83d", "\udc00", "\uffff", "\"", "{", "]", ",", "\\", "\u2028", "/*",
        new('[', 100), new('x', 300_000),
    ];

    private readonly string[] _values = [.. Values, .. words];

    public byte[] Mutate(IReadOnlyList<byte[]> samples, Random dice)
    {
        var text = Sample(samples, dice);
        for (var faults = 1 + dice.Next(MaxFaults); faults > 0; faults--) text = Fault(text, samples, dice);
        return Encoding.UTF8.GetBytes(text);
    }

    private string Fault(string text, IReadOnlyList<byte[]> samples, Random dice) => dice.Next(9) switch
    {
        0 => InTree(text, dice, (node, member) => node.Remove(member)),
        1 => InTree(text, dice, Rename),
        2 => InTree(text, dice, (node, member) => Nest(node, member, dice)),
        3 => InTree(text, dice, (node, member) => node[member] = Member(Sample(samples, dice), dice)),
        4 => text[..dice.Next(text.Length + 1)],
        5 => text.Insert(dice.Next(text.Length + 1), Insertions[dice.Next(Insertions.Length)]),
        6 => Double(text, dice),
        7 => ReplaceValue(text, dice, new string('[', dice.Next(1, 90)) + new string(']', dice.Next(1, 90))),
        _ => ReplaceValue(text, dice, _values[dice.Next(_values.Length)]),
    };

    private static string Sample(IReadOnlyList<byte[]> samples, Random dice) =>
        Encoding.UTF8.GetString(samples[dice.Next(samples.Count)]);

    /// <summary>A change of the parsed text; of a text that is JSON no more, the text itself.</summary>
    private static string InTree(string text, Random dice, Action<JsonObject, string> change)
    {
        try
        {
            if (JsonNode.Parse(text) is not { } root) return text;
            if (Any(root, dice) is not ({ } chosen, { } member)) return text;
            change(chosen, member);
            return root.ToJsonString();
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return text;
        }
    }

    private static (JsonObject Node, string Member)? Any(JsonNode root, Random dice)
    {
        var objects = Descendants(root).OfType<JsonObject>().Where(node => node.Count > 0).ToList();
        if (objects.Count == 0) return null;
        var node = objects[dice.Next(objects.Count)];
        return (node, node.ElementAt(dice.Next(node.Count)).Key);
    }

    private static JsonNode? Member(string text, Random dice) =>
        JsonNode.Parse(text) is { } root && Any(root, dice) is ({ } node, { } member)
            ? node[member]?.DeepClone()
            : null;

    private static IEnumerable<JsonNode> Descendants(JsonNode node) => node switch
    {
        JsonObject members =>
            [node, .. members.Select(member => member.Value).OfType<JsonNode>().SelectMany(Descendants)],
        JsonArray items => [node, .. items.OfType<JsonNode>().SelectMany(Descendants)],
        _ => [node],
    };

    private static void Rename(JsonObject node, string member)
    {
        var value = node[member];
        node.Remove(member);
        node[member + "x"] = value?.DeepClone();
    }

    private static void Nest(JsonObject node, string member, Random dice)
    {
        var value = node[member]?.DeepClone();
        node[member] = dice.Next(2) == 0 ? new JsonArray(value) : new JsonObject { [member] = value };
    }

    /// <summary>What comes after one of the colons is another value; the text need not be JSON afterwards.</summary>
    private static string ReplaceValue(string text, Random dice, string value)
    {
        var colons = Enumerable.Range(0, text.Length).Where(i => text[i] == ':').ToList();
        if (colons.Count == 0) return text;
        var from = colons[dice.Next(colons.Count)] + 1;
        var to = text.IndexOfAny([',', '}'], from);
        return to < 0 ? text : string.Concat(text.AsSpan(0, from), value, text.AsSpan(to));
    }

    /// <summary>A member is there twice, with two values.</summary>
    private string Double(string text, Random dice)
    {
        var ends = Enumerable.Range(0, text.Length).Where(i => text[i] == '}').ToList();
        var names = text.Split('"').Where((_, i) => i % 2 == 1).ToList();
        return ends.Count == 0 || names.Count == 0
            ? text
            : text.Insert(
                ends[dice.Next(ends.Count)],
                $",\"{names[dice.Next(names.Count)]}\":{_values[dice.Next(_values.Length)]}");
    }
}
