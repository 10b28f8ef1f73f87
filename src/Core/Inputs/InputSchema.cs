using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Jobs.Core.Inputs;

/// <summary>
/// Whether an input fits a job, by the JSON schema that travels with its definition: the part of JSON Schema that
/// .NET's JsonSchemaExporter writes (type, properties, required, additionalProperties, items, enum, const, anyOf,
/// pattern, minLength, maxLength, $ref within the schema, true and false). What it does not know it does not judge.
/// </summary>
public static class InputSchema
{
    /// <summary>Faults told at once; a file of another kind has one in every member.</summary>
    private const int MaxFaults = 5;

    private const int ShownText = 60;

    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(1);

    /// <summary>
    /// What is wrong with the input, a sentence each, with the place as a path: <c>$.rows[3].name</c>. Empty when it
    /// fits.
    /// </summary>
    /// <param name="schema">Null accepts any JSON whose texts are whole and whose members are there once.</param>
    public static IReadOnlyList<string> Check(JsonNode? schema, JsonElement input)
    {
        if (JsonFaults.First(input, "$") is { } fault)
        {
            return [$"{fault.Rule} (sent: {Excerpt.Of(fault.Value, ShownText)})."];
        }

        var faults = new List<string>();
        if (schema is not null) new Walk(schema, faults).Visit(schema, input, "$");
        return [.. faults.Take(MaxFaults)];
    }

    private sealed class Walk(JsonNode root, List<string> faults)
    {
        public void Visit(JsonNode? schema, JsonElement value, string path)
        {
            if (schema is JsonValue flag)
            {
                if (flag.GetValueKind() == JsonValueKind.False) faults.Add($"{path} must not be there.");
                return;
            }

            if (schema is not JsonObject rules || faults.Count > MaxFaults) return;
            if ((string?)rules["$ref"] is { } reference)
            {
                Visit(Follow(reference), value, path);
                return;
            }

            if (!CheckType(rules, value, path) || !CheckChoice(rules, value, path)) return;
            if (value.ValueKind == JsonValueKind.Object) VisitMembers(rules, value, path);
            if (value.ValueKind == JsonValueKind.Array) VisitItems(rules, value, path);
            if (value.ValueKind == JsonValueKind.String) CheckText(rules, value.GetString()!, path);
        }

        private bool CheckType(JsonObject rules, JsonElement value, string path)
        {
            var types = rules["type"] switch
            {
                JsonArray several => [.. several.Select(type => (string)type!)],
                JsonValue one => new[] { (string)one! },
                _ => [],
            };
            if (types.Length == 0 || types.Any(type => Is(type, value))) return true;
            faults.Add(
                $"{path} must be {string.Join(" or ", types.Select(WithArticle))}, but it is {Describe(value)}.");
            return false;
        }

        private bool CheckChoice(JsonObject rules, JsonElement value, string path)
        {
            var choices = rules["enum"] is JsonArray listed
                ? [.. listed]
                : rules.ContainsKey("const")
                ? new[] { rules["const"] }
                : [];
            if (choices.Length > 0 && !IsOneOf(choices, value))
            {
                faults.Add(
                    $"{path} must be one of " +
                    $"{string.Join(", ", choices.Select(choice => choice?.ToJsonString() ?? "null"))}, but it is " +
                    $"{Describe(value)}.");
                return false;
            }

            if (rules["anyOf"] is not JsonArray any || any.Any(one => Fits(one, value))) return true;
            faults.Add($"{path} is {Describe(value)}, which fits none of the {any.Count} forms that it may have.");
            return false;
        }

        private static bool IsOneOf(JsonNode?[] choices, JsonElement value)
        {
            try
            {
                var node = JsonNode.Parse(value.GetRawText());
                return Array.Exists(choices, choice => JsonNode.DeepEquals(choice, node));
            }
            catch (ArgumentException)
            {
                // .NET compares no number whose exponent has more than nine digits, and no choice is such a one.
                return false;
            }
        }

        private bool Fits(JsonNode? schema, JsonElement value)
        {
            var found = new List<string>();
            new Walk(root, found).Visit(schema, value, "$");
            return found.Count == 0;
        }

        private void VisitMembers(JsonObject rules, JsonElement value, string path)
        {
            var properties = rules["properties"] as JsonObject ?? [];
            foreach (var name in (rules["required"] as JsonArray ?? []).Select(name => (string)name!))
            {
                if (!value.TryGetProperty(name, out _)) faults.Add($"{path}.{name} is required and missing.");
            }

            foreach (var member in value.EnumerateObject())
            {
                if (properties.TryGetPropertyValue(member.Name, out var known))
                {
                    Visit(known, member.Value, $"{path}.{Excerpt.Of(member.Name, ShownText)}");
                }
                else if (rules["additionalProperties"] is JsonValue none && none.GetValueKind() == JsonValueKind.False)
                {
                    faults.Add(Unknown(path, member.Name, properties));
                }
                else Visit(rules["additionalProperties"], member.Value, $"{path}.{Excerpt.Of(member.Name, ShownText)}");
            }
        }

        private void VisitItems(JsonObject rules, JsonElement value, string path)
        {
            var index = 0;
            foreach (var item in value.EnumerateArray()) Visit(rules["items"], item, $"{path}[{index++}]");
        }

        private void CheckText(JsonObject rules, string text, string path)
        {
            if ((int?)rules["minLength"] > text.Length)
            {
                faults.Add($"{path} must have at least {rules["minLength"]} characters, but it has {text.Length}.");
            }

            if ((int?)rules["maxLength"] < text.Length)
            {
                faults.Add($"{path} must have at most {rules["maxLength"]} characters, but it has {text.Length}.");
            }

            if ((string?)rules["pattern"] is { } pattern) CheckPattern(pattern, text, path);
        }

        private void CheckPattern(string pattern, string text, string path)
        {
            try
            {
                if (!Regex.IsMatch(text, pattern, RegexOptions.None, PatternLimit))
                {
                    faults.Add($"{path} must match {pattern}, but it is \"{Excerpt.Of(text, ShownText)}\".");
                }
            }
            catch (RegexMatchTimeoutException)
            {
                faults.Add(
                    $"{path} must match {pattern}, " +
                    $"which could not be found out of \"{Excerpt.Of(text, ShownText)}\" within " +
                    $"{PatternLimit.TotalSeconds:0} s.");
            }
        }

        /// <summary>
        /// A JSON pointer into the schema itself: <c>#/properties/next</c>. Of any other, nothing is known.
        /// </summary>
        private JsonNode? Follow(string reference)
        {
            if (!reference.StartsWith('#')) return null;
            var node = root;
            foreach (var part in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                var name = Uri.UnescapeDataString(part)
                    .Replace("~1", "/", StringComparison.Ordinal)
                    .Replace("~0", "~", StringComparison.Ordinal);
                node = node switch
                {
                    JsonObject members => members[name],
                    JsonArray items when int.TryParse(name, out var index) && index < items.Count => items[index],
                    _ => null,
                };
            }

            return node;
        }

        private static string Unknown(string path, string name, JsonObject properties) =>
            $"{path}.{Excerpt.Of(name, ShownText)} is unknown" +
            Spelling.Suggestion(name, properties.Select(known => known.Key));

        private static bool Is(string type, JsonElement value) => type switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "number" => value.ValueKind == JsonValueKind.Number,
            "integer" =>
                value.ValueKind == JsonValueKind.Number
                    && value.TryGetDecimal(out var number)
                    && number == decimal.Truncate(number),
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "null" => value.ValueKind == JsonValueKind.Null,
            _ => true,
        };

        private static string WithArticle(string type) => type switch
        {
            "null" => "null",
            "object" or "array" or "integer" => $"an {type}",
            _ => $"a {type}",
        };

        private static string Describe(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            _ => Excerpt.Of(value.GetRawText(), ShownText),
        };
    }
}
