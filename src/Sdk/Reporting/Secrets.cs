using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using Jobs.Core;

namespace Jobs.Sdk.Reporting;

/// <summary>
/// Keeps the values of the job's declared secrets out of what the host writes about a run: log lines, errors, progress.
/// A secret that is JSON, as those of databases are, is kept out whole and by each text and number in it; each of them
/// also trimmed, and as it is escaped in an address, a form and JSON.
/// </summary>
internal sealed class Secrets
{
    internal const string Mask = "***";

    /// <summary>Characters of a value that is masked; shorter ones would be found in innocent words.</summary>
    internal const int MinLength = 6;

    private readonly string[] _values;

    private Secrets(IEnumerable<string> values) =>
        // The longest first, because one may be a part of another.
        _values =
        [
            .. values.Where(value => value.Length >= MinLength).Distinct().OrderByDescending(value => value.Length),
        ];

    /// <summary>The values of the variables that <see cref="EnvironmentNames.Secrets"/> names.</summary>
    public static Secrets Read(Func<string, string?> environment) => new(
        (environment(EnvironmentNames.Secrets) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(environment).OfType<string>().SelectMany(Parts).SelectMany(Forms));

    public string Without(string text) =>
        _values.Aggregate(text, (rest, value) => rest.Replace(value, Mask, StringComparison.Ordinal));

    /// <summary>The value, and what of it a client of a database or a service is given by itself.</summary>
    private static IEnumerable<string> Parts(string value)
    {
        if (value.TrimStart() is not ['{' or '[', ..]) return [value];
        try
        {
            using var json = JsonDocument.Parse(value);
            return [value, .. Leaves(json.RootElement)];
        }
        catch (JsonException)
        {
            return [value];
        }
    }

    private static List<string> Leaves(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => [.. element.EnumerateObject().SelectMany(member => Leaves(member.Value))],
        JsonValueKind.Array => [.. element.EnumerateArray().SelectMany(Leaves)],
        JsonValueKind.String => [.. Parts(element.GetString()!)],
        JsonValueKind.Number => [element.GetRawText()],
        _ => [],
    };

    /// <summary>The ways in which a value is written where it is used, in an address or in JSON.</summary>
    private static IEnumerable<string> Forms(string value) =>
        from form in new[] { value, value.Trim() }
        from written in new[]
        {
            form,
            Uri.EscapeDataString(form),
            WebUtility.UrlEncode(form),
            JavaScriptEncoder.Default.Encode(form),
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(form),
        }
        select written;
}
