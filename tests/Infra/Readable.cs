using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Jobs.Tests.Infra;

/// <summary>
/// Template text as a person reads it: references are <c>&lt;Name.Attribute&gt;</c>, and CDK's hashes are left out.
/// </summary>
internal static partial class Readable
{
    public static string WithoutHash(string id) => Hash().Replace(id, "");

    public static string Text(JsonNode? value) => value switch
    {
        null => "",
        JsonArray array => string.Join(", ", array.Select(Text)),
        JsonObject { Count: 1 } call when call["Ref"] is { } name => $"<{WithoutHash(name.GetValue<string>())}>",
        JsonObject { Count: 1 } call when call["Fn::GetAtt"] is JsonArray path =>
            $"<{WithoutHash(path[0]!.GetValue<string>())}.{path[1]}>",
        JsonObject { Count: 1 } call when call["Fn::Join"] is JsonArray join =>
            string.Join(join[0]!.GetValue<string>(), join[1]!.AsArray().Select(Text)),
        JsonObject { Count: 1 } call when call["Fn::Sub"] is { } text => text.GetValue<string>(),
        JsonObject other =>
            "{" + string.Join(", ", other.Select(member => $"{member.Key}: {Text(member.Value)}")) + "}",
        _ => value.ToString(),
    };

    /// <summary>Every role with its statements.</summary>
    public static string Roles(Template template) =>
        string.Concat(
            template.OfType("AWS::IAM::Role")
                .OrderBy(role => role.Id, StringComparer.Ordinal)
                .Select(role => Role(template, role)));

    /// <summary>One line for what a statement allows, one for each resource, one for each condition.</summary>
    public static string Role(Template template, Resource role)
    {
        var text = new StringBuilder().Append(WithoutHash(role.Id)).Append('\n');
        foreach (var statement in Statements(template, role)) Append(text, statement);
        return text.ToString();
    }

    public static IEnumerable<JsonObject> Statements(Template template, Resource role) => Policies(template, role)
        .SelectMany(policy => policy["Statement"]!.AsArray())
        .Select(statement => statement!.AsObject());

    /// <summary>The policies in a role itself, and those that are resources of their own.</summary>
    public static IEnumerable<JsonNode> Policies(Template template, Resource role) =>
        (role.Properties["Policies"]?.AsArray() ?? []).Select(policy => policy!["PolicyDocument"]!)
            .Concat(template.OfType("AWS::IAM::Policy")
            .Where(
                policy =>
                    policy.Properties["Roles"]!.AsArray()
                        .Any(attached => attached!["Ref"]!.GetValue<string>() == role.Id))
            .Select(policy => policy.Properties["PolicyDocument"]!));

    public static IEnumerable<string> Each(JsonNode? value) =>
        value is JsonArray array ? array.Select(Text) : [Text(value)];

    private static void Append(StringBuilder text, JsonObject statement)
    {
        text.Append($"  {statement["Effect"]} {string.Join(" ", Each(statement["Action"]))}\n");
        foreach (var resource in Each(statement["Resource"])) text.Append($"    on {resource}\n");
        foreach (var (operation, keys) in statement["Condition"]?.AsObject() ?? [])
        {
            foreach (var (key, value) in keys!.AsObject()) text.Append($"    if {key} {operation} {Text(value)}\n");
        }
    }

    /// <summary>Eight hexadecimal digits that CDK puts behind a path.</summary>
    [GeneratedRegex("[0-9A-F]{8}$")]
    private static partial Regex Hash();
}
