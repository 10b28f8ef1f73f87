using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lapstack.Ground;
using Lapstack.Wire;

namespace Lapstack.Services.SecretsManager;

/// <summary>Reads what calls have in common. No message has a value.</summary>
internal static partial class SecretRequest
{
    /// <summary>Of a value, in bytes.</summary>
    private const int LargestValue = 65_536;

    public static string SecretId(this JsonCall call) => call.Input.Text("SecretId") ?? throw SecretErrors.Validation(
        "1 validation error detected: Value at 'secretId' failed to satisfy constraint: Member must not be null");

    public static void CheckName(string name)
    {
        if (!Letters().IsMatch(name))
            throw SecretErrors.Validation(
                "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: " +
                "-/_+=.@!");
    }

    /// <summary>The value with the id that the caller gave, or a new one; null when there is no value.</summary>
    public static SecretVersion? Version(
        JsonObject input, Ids ids, TimeProvider clock, IReadOnlyList<string>? stages = null)
    {
        var (text, binary) = (input.Text("SecretString"), input.Text("SecretBinary"));
        if (text is not null && binary is not null)
            throw SecretErrors.Parameter("You can't specify both a binary secret value and a string secret value.");
        if (text is null && binary is null) return null;
        CheckSize(text, binary);
        var token = input.Text("ClientRequestToken") ?? ids.Uuid();
        return token.Length is >= 32 and <= 64
            ? new SecretVersion(token, text, binary, clock.GetUtcNow(), stages ?? [SecretStages.Current])
            : throw SecretErrors.Parameter("ClientRequestToken must be 32-64 characters long.");
    }

    /// <summary>Of two tags with one key the last counts.</summary>
    public static IReadOnlyDictionary<string, string> Tags(JsonObject input)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in input.Structures("Tags")) tags[tag.Text("Key") ?? ""] = tag.Text("Value") ?? "";
        return tags;
    }

    private static void CheckSize(string? text, string? binary)
    {
        var size = text is null ? SizeOf(binary!) : Encoding.UTF8.GetByteCount(text);
        if (size is < 1 or > LargestValue)
            throw SecretErrors.Validation(
                $"1 validation error detected: Value at '{(text is null ? "secretBinary" : "secretString")}' failed " +
                $"to satisfy constraint: Member must have length between 1 and {LargestValue}");
    }

    private static int SizeOf(string binary)
    {
        var bytes = new byte[binary.Length];
        return Convert.TryFromBase64String(binary, bytes, out var size)
            ? size
            : throw new ServiceError("SerializationException", "SecretBinary must be base64.");
    }

    [GeneratedRegex(@"\A[A-Za-z0-9/_+=.@!-]{1,512}\z")]
    private static partial Regex Letters();
}
