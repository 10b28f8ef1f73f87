using System.Text.Json;

namespace Lapstack.Patterns;

/// <summary>
/// One leaf of an event. <paramref name="Text"/> is a string's content, and of anything else its JSON literal.
/// </summary>
internal sealed record FieldValue(JsonValueKind Kind, string Text)
{
    public bool IsString => Kind == JsonValueKind.String;

    /// <summary>The number's value; null for anything that is not a number, or that no double holds exactly.</summary>
    public double? Number { get; } = Kind == JsonValueKind.Number ? ExactNumber.Of(Text) : null;

    public static FieldValue Of(JsonElement leaf) =>
        new(leaf.ValueKind, leaf.ValueKind == JsonValueKind.String ? leaf.GetString()! : leaf.GetRawText());
}
