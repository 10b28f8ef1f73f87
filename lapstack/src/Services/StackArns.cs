using System.Text.Json;
using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Template;

namespace Lapstack.Services;

/// <summary>What a stack refers to by ARN: also in its policies, whose wildcards count.</summary>
internal static class StackArns
{
    /// <param name="service">As in an ARN: <c>ssm</c>.</param>
    public static IReadOnlyList<string> Of(Stack stack, string service) =>
        [.. stack.Resources
            .SelectMany(resource => Texts(resource.Properties))
            .Where(text => text.StartsWith("arn:", StringComparison.Ordinal) && text.Split(':')[2..] is [var named, ..]
                && named == service)
            .Distinct(StringComparer.Ordinal)];

    /// <summary>Whether one of the ARNs is this one, or has wildcards that stand for it.</summary>
    public static bool Have(this IEnumerable<string> arns, string arn) =>
        arns.Any(pattern => Glob.MatchesArn(pattern, arn));

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(member => Texts(member.Value)),
        JsonArray list => list.SelectMany(Texts),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [value.GetValue<string>()],
        _ => [],
    };
}
