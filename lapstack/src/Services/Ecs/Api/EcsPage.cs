using System.Text.Json.Nodes;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Api;

/// <summary>A page of a list: up to maxResults (1 to 100, default 100) from nextToken on.</summary>
internal static class EcsPage
{
    public static JsonObject Of(JsonObject input, string member, IEnumerable<string> items)
    {
        var size = input.Number("maxResults") ?? 100;
        if (size is < 1 or > 100) throw EcsErrors.Invalid($"maxResults must be 1 to 100, and is {size}.");
        return JsonPage.Of(
            member,
            items,
            item => JsonValue.Create(item),
            size,
            input.Text("nextToken"),
            EcsErrors.Invalid("Invalid token."));
    }
}
