using System.Text.Json.Nodes;
using Lapstack.Ground;

namespace Lapstack.Ports;

/// <summary>
/// What every event has around its detail.
/// https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
/// </summary>
internal static class EventEnvelope
{
    /// <param name="source">Such as <c>aws.s3</c>.</param>
    /// <param name="at">Written to the second.</param>
    public static JsonObject Around(
        JsonObject detail, string detailType, string source, DateTimeOffset at, JsonArray resources, Account account,
        Ids ids)
    {
        return new JsonObject
        {
            ["version"] = "0",
            ["id"] = ids.Uuid(),
            ["detail-type"] = detailType,
            ["source"] = source,
            ["account"] = account.Id,
            ["time"] = IsoTime.Seconds(at),
            ["region"] = account.Region,
            ["resources"] = resources,
            ["detail"] = detail,
        };
    }
}
