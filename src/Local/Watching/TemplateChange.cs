using System.Text.Json.Nodes;

namespace Jobs.Local.Watching;

/// <summary>What a template has otherwise than the one before it.</summary>
/// <param name="Mark"><c>+</c> for a resource that is new, <c>~</c> for one that is changed, <c>-</c> for one that is
/// gone.</param>
internal sealed record TemplateChange(char Mark, string LogicalId, string Type)
{
    /// <summary>By logical id. A difference in metadata, which is for tools, is none.</summary>
    public static IReadOnlyList<TemplateChange> Between(JsonObject before, JsonObject after)
    {
        var (old, young) = (Resources(before), Resources(after));
        return
        [
            .. from id in old.Keys.Union(young.Keys).Order(StringComparer.Ordinal)
               let mark = MarkOf(old.GetValueOrDefault(id), young.GetValueOrDefault(id))
               where mark is not null
               select new TemplateChange(mark.Value, id, TypeOf(young.GetValueOrDefault(id) ?? old[id])),
        ];
    }

    /// <summary>Whether outputs, parameters and the like differ: what is no resource.</summary>
    public static bool DiffersBeside(JsonObject before, JsonObject after) =>
        !JsonNode.DeepEquals(Without(before, "Resources"), Without(after, "Resources"));

    public override string ToString() => $"{Mark} {LogicalId} ({Type})";

    private static char? MarkOf(JsonObject? before, JsonObject? after) => (before, after) switch
    {
        (null, _) => '+',
        (_, null) => '-',
        _ => JsonNode.DeepEquals(Without(before, "Metadata"), Without(after, "Metadata")) ? null : '~',
    };

    private static Dictionary<string, JsonObject> Resources(JsonObject template) =>
        (template["Resources"] as JsonObject ?? [])
            .ToDictionary(one => one.Key, one => one.Value!.AsObject(), StringComparer.Ordinal);

    private static string TypeOf(JsonObject declared) => (string)declared[nameof(Type)]!;

    private static JsonObject Without(JsonObject whole, string member)
    {
        var rest = whole.DeepClone().AsObject();
        rest.Remove(member);
        return rest;
    }
}
