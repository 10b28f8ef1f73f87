using System.Globalization;
using System.Text.Json.Nodes;

namespace Jobs.Emulator.Services.Ecs;

/// <summary>A page of a list: up to maxResults (1 to 100, default 100) from nextToken on.</summary>
internal static class EcsPage
{
    public static JsonObject Of(JsonObject input, string member, IEnumerable<string> items)
    {
        var size = input.Number("maxResults") ?? 100;
        if (size is < 1 or > 100) throw EcsErrors.Invalid($"maxResults must be 1 to 100, and is {size}.");
        var start = 0;
        if (input.Text("nextToken") is { } token && !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out start))
            throw EcsErrors.Invalid("Invalid token.");
        var rest = items.Skip(start).Take(size + 1).ToList();
        var page = new JsonObject { [member] = new JsonArray([.. rest.Take(size).Select(i => (JsonNode)JsonValue.Create(i))]) };
        if (rest.Count > size) page["nextToken"] = (start + size).ToString(CultureInfo.InvariantCulture);
        return page;
    }
}
