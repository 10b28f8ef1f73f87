using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lapstack.Wire;

namespace Lapstack.Services.Sqs;

/// <summary>
/// The rules all batch operations share: up to ten entries with ids of their own, each succeeding or failing for
/// itself.
/// </summary>
internal static partial class SqsBatch
{
    private const int Most = 10;

    public static IReadOnlyList<JsonObject> Entries(JsonObject input)
    {
        var entries = (input["Entries"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        if (entries.Count == 0)
        {
            throw SqsErrors.Batch("EmptyBatchRequest", "There should be at least one entry in the request.");
        }

        if (entries.Count > Most)
            throw SqsErrors.Batch(
                "TooManyEntriesInBatchRequest",
                $"Maximum number of entries per request are {Most}. You have sent {entries.Count}.");
        var ids = entries.Select(entry => entry.RequiredText("Id")).ToList();
        if (ids.FirstOrDefault(id => !EntryId().IsMatch(id)) is not null)
        {
            throw SqsErrors.Batch("InvalidBatchEntryId",
                "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at " +
                "most 80 letters long.");
        }
        if (ids.GroupBy(id => id).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw SqsErrors.Batch("BatchEntryIdsNotDistinct", $"Id {twice.Key} repeated.");
        return entries;
    }

    public static JsonObject Answer(IEnumerable<JsonObject> entries, Func<JsonObject, JsonObject> act)
    {
        var (successful, failed) = (new JsonArray(), new JsonArray());
        foreach (var entry in entries)
        {
            var id = entry.RequiredText("Id");
            try
            {
                var result = act(entry);
                result["Id"] = id;
                successful.Add((JsonNode)result);
            }
            catch (ServiceError error)
            {
                failed.Add((JsonNode)new JsonObject
                {
                    ["Id"] = id,
                    ["SenderFault"] = error.Status < 500,
                    ["Code"] = error.QueryCode ?? error.Code,
                    ["Message"] = error.Message,
                });
            }
        }
        var answer = new JsonObject { ["Successful"] = successful };
        if (failed.Count > 0) answer["Failed"] = failed;
        return answer;
    }

    [GeneratedRegex(@"^[A-Za-z0-9_\-]{1,80}\z", RegexOptions.CultureInvariant)]
    private static partial Regex EntryId();
}
