using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Jobs.Emulator.Wire;

namespace Jobs.Emulator.Services.Sqs;

/// <summary>Reads the members of a request; a member of the wrong kind is refused, never ignored.</summary>
internal static class SqsInput
{
    public static string? Text(this JsonObject input, string name) => input[name] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => throw Malformed(name, "a string"),
    };

    public static string RequiredText(this JsonObject input, string name) =>
        input.Text(name) is { Length: > 0 } text ? text : throw SqsErrors.Missing(name);

    /// <summary>Null when absent; refused outside the limits, both included.</summary>
    public static int? Number(this JsonObject input, string name, int least, int most)
    {
        if (input[name] is not { } node) return null;
        if (!int.TryParse(node.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            throw Malformed(name, "a whole number");
        return value >= least && value <= most
            ? value
            : throw SqsErrors.Invalid(name, value, $"Must be between {least} and {most}, if provided.");
    }

    public static TimeSpan? Seconds(this JsonObject input, string name, int most) =>
        input.Number(name, 0, most) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public static JsonObject? Structure(this JsonObject input, string name) => input[name] switch
    {
        null => null,
        JsonObject structure => structure,
        _ => throw Malformed(name, "a structure"),
    };

    public static IReadOnlyList<string> Texts(this JsonObject input, string name) =>
        input[name] is JsonArray array ? [.. array.Select(item => item?.ToString() ?? "")] : [];

    private static ServiceError Malformed(string name, string kind) => new("SerializationException", $"{name} must be {kind}.");
}
