using System.Text.Json;

namespace Jobs.Cli.Output;

/// <summary>A line of a task's log. Our host writes JSON; whatever else there is is shown as it is.</summary>
internal static class HostLine
{
    /// <returns>A style, or null for none, and the text for people.</returns>
    public static (string? Style, string Text) Read(string line)
    {
        if (!line.StartsWith('{')) return (null, line);
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (Text(root, "message") is not { } message || Text(root, "level") is not { } level) return (null, line);
            var cause = Text(root, "exception") is { } exception ? $"\n{exception}" : "";
            return (StyleOf(level), $"{level,-5} {message}{cause}");
        }
        catch (JsonException)
        {
            return (null, line);
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? StyleOf(string level) => level.ToUpperInvariant() switch
    {
        "ERROR" or "FAIL" or "CRIT" or "CRITICAL" or "FATAL" => "red",
        "WARN" or "WARNING" => "yellow",
        "DEBUG" or "TRACE" or "DBUG" or "TRCE" => "grey",
        _ => null,
    };
}
