using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Wire;

namespace Lapstack.Services.Events;

/// <summary>
/// PutEvents: each entry is accepted or refused for itself. See
/// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html.
/// </summary>
internal sealed class PutEvents(EventBus bus, EventBuses buses, Account account, TimeProvider clock, Ids ids)
{
    private const int MostEntries = 10;

    /// <summary>Of all entries together, in bytes.</summary>
    private const int LargestRequest = 262_144;

    public Operation Read(JsonCall call)
    {
        var entries = (call.Input["Entries"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        if (entries.Count is 0 or > MostEntries)
            throw new ServiceError(
                "ValidationException", $"Entries must have 1 to {MostEntries} members, but it has {entries.Count}.");
        var size = entries.Sum(Size);
        if (size > LargestRequest)
            throw new ServiceError(
                "ValidationException",
                $"Total size of the entries in the request is over the limit: {size} of {LargestRequest} bytes.");
        return call.Answer([.. entries.Select(Access)], _ => PutAsync(entries));
    }

    private async Task<JsonObject> PutAsync(List<JsonObject> entries)
    {
        var results = new JsonArray();
        var failed = 0;
        foreach (var entry in entries)
        {
            if (Refuse(entry) is { } refusal)
            {
                failed++;
                results.Add(
                    (JsonNode)new JsonObject { ["ErrorCode"] = refusal.Code, ["ErrorMessage"] = refusal.Message });
                continue;
            }
            var @event = Envelope(entry);
            await bus.PutAsync(BusOf(entry), @event);
            results.Add((JsonNode)new JsonObject { ["EventId"] = @event["id"]!.DeepClone() });
        }
        return new JsonObject { ["FailedEntryCount"] = failed, ["Entries"] = results };
    }

    private AccessRequest Access(JsonObject entry) => new(
        "events:PutEvents",
        buses.ArnOf(BusOf(entry)),
        new Dictionary<string, string[]>
        {
            ["events:source"] = [Text(entry, "Source")],
            ["events:detail-type"] = [Text(entry, "DetailType")],
        });

    private (string Code, string Message)? Refuse(JsonObject entry)
    {
        foreach (var member in (string[])["Source", "DetailType", "Detail"])
        {
            if (Text(entry, member).Length == 0)
                return (
                    "InvalidArgument", $"Parameter {member} is not valid. Reason: {member} is a required argument.");
        }
        // Events of AWS's own come only from AWS's own services, here as there.
        if (Text(entry, "Source").StartsWith("aws.", StringComparison.Ordinal))
            return ("NotAuthorizedForSourceException", "Not authorized for the source.");
        if (!buses.Has(BusOf(entry)))
            return ("ResourceNotFoundException", $"Event bus {BusOf(entry)} does not exist.");
        return Detail(entry) is null ? ("MalformedDetail", "Detail is malformed.") : null;
    }

    private JsonObject Envelope(JsonObject entry) => EventEnvelope.Around(
        Detail(entry)!, Text(
            entry, "DetailType"), Text(entry, "Source"), Time(entry), entry["Resources"]?.DeepClone() as JsonArray
            ?? [], account, ids);

    // Epoch seconds from SDKs, ISO 8601 from hand-written requests.
    private DateTimeOffset Time(JsonObject entry) => entry["Time"] switch
    {
        JsonValue value when value.TryGetValue<double>(out var seconds) =>
            EpochTime.OfSeconds(seconds) ?? throw new ServiceError("SerializationException", $"{value} is no time."),
        JsonValue value when DateTimeOffset.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var time) =>
            time,
        _ => clock.GetUtcNow(),
    };

    private static JsonObject? Detail(JsonObject entry) => ForeignJson.Object(Text(entry, "Detail"));

    private static string BusOf(JsonObject entry) => EventBuses.NameOf(Text(entry, "EventBusName"));

    private static string Text(JsonObject entry, string name) => entry[name]?.ToString() ?? "";

    private static int Size(JsonObject entry) =>
        new[] { "Source", "DetailType", "Detail" }.Sum(name => Encoding.UTF8.GetByteCount(Text(entry, name)))
        +
            (entry["Resources"] as JsonArray ?? []).Sum(
                resource => Encoding.UTF8.GetByteCount(resource?.ToString() ?? ""));
}
