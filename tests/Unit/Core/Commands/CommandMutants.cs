using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Jobs.Tests.Unit.Core.Commands;

/// <summary>
/// Commands with something wrong in them: valid ones in which a seeded chance drops, retypes, renames, doubles, nests,
/// cuts and breaks.
/// </summary>
internal static class CommandMutants
{
    private static readonly string[] Valid =
    [
        """{"command":"submit","id":"k","job":"line-count","input":{"rows":1,"text":"größe","list":[1,2,{"a":null}]},"priority":3}""",
        """{"command":"submit","id":"k","job":"line-count","input":{"rows":1},"parent":{"run":"parent/00000000000000000000000000","index":0}}""",
        """{"command":"submit","id":"k","job":"line-count","array":{"bucket":"b","key":"_jobs/arrays/k.jsonl","count":3},"maxConcurrent":2}""",
        """{"command":"retry","id":"k","run":"line-count/0123456789abcdefghjkmnpqrs"}""",
        """{"command":"cancel","id":"k","run":"line-count/0123456789abcdefghjkmnpqrs"}""",
        """{"command":"cancel","id":"k","replay":"begun"}""",
        """{"command":"replay","id":"k","source":{"prefix":"incoming/"},"perMinute":60,"force":false}""",
        """{"command":"replay","id":"k","source":{"schedule":"report/hourly","from":"2026-01-05T00:00:00Z","to":"2026-01-05T06:00:00Z"}}""",
        """{"command":"replay","id":"k","source":{"failed":{"job":"line-count","from":"2026-01-05T00:00:00Z","to":"2026-01-05T06:00:00Z"}}}""",
    ];

    /// <summary>Other values, as JSON.</summary>
    private static readonly string[] Values =
    [
        "null", "true", "7", "-1", "1.5", "1e400", "-0", "99999999999999999999999999", "1e9999999999", "\"\"", "\"x\"",
        "[]", "{}", "[null]", "[[]]", """{"a":1}""",
        "NaN", "\"NaN\"", "Infinity", "\"\\u0000\\uffff\"", "\"\\ud800\"", "\"a\\udc00b\"", "\"😀\"", "\"2026-01-05\"",
        "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59.9999999-14:00\"",
        "\"submit\"", "\"line-count/00000000000000000000000000\"", "\"LINE COUNT/00000000000000000000000000\"",
        "{\"\\ud800\":1}", "{\"a\":1,\"a\":2}",
    ];

    public static IEnumerable<string> Of(int seed, int count)
    {
#pragma warning disable RS0030 // Seeded here, where it is made.
        var random = new Random(seed);
#pragma warning restore RS0030
        for (var i = 0; i < count; i++)
        {
            var body = Valid[random.Next(Valid.Length)];
            for (var faults = random.Next(3); faults >= 0; faults--) body = Mutate(body, random);
            yield return body;
        }
    }

    private static string Mutate(string body, Random random) => random.Next(8) switch
    {
        0 => InTree(body, random, Drop),
        1 => InTree(body, random, Rename),
        2 => InTree(body, random, (node, chosen) => Nest(node, chosen, random)),
        3 => ReplaceValue(body, random),
        4 => body[..random.Next(body.Length + 1)],
        5 =>
            Insert(
                body,
                random,
                [
                    "\u0000", "\ufeff", "\ud83d", "\udc00", "\uffff", "\"", "{", "]", ",", "\\", "\u2028", "/*",
                    new string('[', 100), new string('x', 300_000)
                ]),
        6 => Double(body, random),
        _ => ReplaceValue(body, random, new string('[', random.Next(1, 90)) + new string(']', random.Next(1, 90))),
    };

    /// <summary>A change of the parsed body; of a body that is JSON no more, the body itself.</summary>
    private static string InTree(string body, Random random, Action<JsonObject, string> change)
    {
        try
        {
            if (JsonNode.Parse(body) is not { } root) return body;
            var objects = Descendants(root).OfType<JsonObject>().Where(node => node.Count > 0).ToList();
            if (objects.Count == 0) return body;
            var chosen = objects[random.Next(objects.Count)];
            change(chosen, chosen.ElementAt(random.Next(chosen.Count)).Key);
            return root.ToJsonString();
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return body;
        }
    }

    private static IEnumerable<JsonNode> Descendants(JsonNode node) => node switch
    {
        JsonObject members =>
            [node, .. members.Select(member => member.Value).OfType<JsonNode>().SelectMany(Descendants)],
        JsonArray items => [node, .. items.OfType<JsonNode>().SelectMany(Descendants)],
        _ => [node],
    };

    private static void Drop(JsonObject node, string member) => node.Remove(member);

    private static void Rename(JsonObject node, string member)
    {
        var value = node[member];
        node.Remove(member);
        node[member + "x"] = value?.DeepClone();
    }

    private static void Nest(JsonObject node, string member, Random random)
    {
        var value = node[member]?.DeepClone();
        node[member] = random.Next(2) == 0 ? new JsonArray(value) : new JsonObject { [member] = value };
    }

    /// <summary>What comes after one of the colons is another value; the text need not be JSON afterwards.</summary>
    private static string ReplaceValue(string body, Random random, string? value = null)
    {
        var colons = Enumerable.Range(0, body.Length).Where(i => body[i] == ':').ToList();
        if (colons.Count == 0) return body;
        var from = colons[random.Next(colons.Count)] + 1;
        var to = body.IndexOfAny([',', '}'], from);
        return to < 0
            ? body
            : string.Concat(body.AsSpan(0, from), value ?? Values[random.Next(Values.Length)], body.AsSpan(to));
    }

    private static string Insert(string body, Random random, string[] texts) =>
        body.Insert(random.Next(body.Length + 1), texts[random.Next(texts.Length)]);

    /// <summary>A member is there twice.</summary>
    private static string Double(string body, Random random)
    {
        var end = body.LastIndexOf('}');
        var name = new[] { "command", "id", "job", "input", "array", "run", "source" }[random.Next(7)];
        return end < 0 ? body : body.Insert(end, $",\"{name}\":{Values[random.Next(Values.Length)]}");
    }
}
