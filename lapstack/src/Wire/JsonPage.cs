using System.Globalization;
using System.Text.Json.Nodes;

namespace Lapstack.Wire;

/// <summary>A page of a list, with a token for the next one: how many items came before it.</summary>
internal static class JsonPage
{
    /// <param name="member">The name of the list in the answer.</param>
    /// <param name="token">Null for the first page.</param>
    /// <param name="refusal">The service's error for a token that was never given out.</param>
    /// <param name="next">The service's name for the token of the next page.</param>
    public static JsonObject Of<T>(
        string member, IEnumerable<T> items, Func<T, JsonNode> render, int size, string? token, ServiceError refusal,
        string next = "nextToken")
    {
        var start = token is null ? 0 : Place(token, refusal);
        var rest = items.Skip(start).Take(size + 1).ToList();
        var page = new JsonObject { [member] = new JsonArray([.. rest.Take(size).Select(render)]) };
        if (rest.Count > size) page[next] = (start + size).ToString(CultureInfo.InvariantCulture);
        return page;
    }

    public static int Place(string token, ServiceError refusal) =>
        int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : throw refusal;
}
