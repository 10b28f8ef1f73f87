using System.Text.Json;
using Jobs.Core;

namespace Jobs.Sdk.Reporting;

/// <summary>
/// Keeps the values of the job's declared secrets out of what the host writes about a run: log lines, errors, progress. A secret
/// that is a JSON object, as those of databases are, is kept out whole and by its members.
/// </summary>
internal sealed class Secrets
{
    internal const string Mask = "***";

    /// <summary>Characters of a value that is masked; shorter ones would be found in innocent words.</summary>
    internal const int MinLength = 6;

    private readonly string[] _values;

    private Secrets(IEnumerable<string> values) =>
        // The longest first, because one may be a part of another.
        _values = [.. values.Where(value => value.Length >= MinLength).Distinct().OrderByDescending(value => value.Length)];

    /// <summary>The values of the variables that <see cref="EnvironmentNames.Secrets"/> names.</summary>
    public static Secrets Read(Func<string, string?> environment) => new(
        (environment(EnvironmentNames.Secrets) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(environment).OfType<string>().SelectMany(Parts));

    public string Without(string text) => _values.Aggregate(text, (rest, value) => rest.Replace(value, Mask, StringComparison.Ordinal));

    private static IEnumerable<string> Parts(string value)
    {
        if (!value.TrimStart().StartsWith('{')) return [value];
        try
        {
            using var json = JsonDocument.Parse(value);
            return [value, .. json.RootElement.EnumerateObject().Where(IsText).Select(member => member.Value.GetString()!)];
        }
        catch (JsonException)
        {
            return [value];
        }
    }

    private static bool IsText(JsonProperty member) => member.Value.ValueKind == JsonValueKind.String;
}
