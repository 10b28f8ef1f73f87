using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lapstack.Wire;

namespace Lapstack.Services.DynamoDb;

/// <summary>
/// The partition key values a request names: <c>dynamodb:LeadingKeys</c>.
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
/// </summary>
internal static partial class LeadingKeys
{
    /// <summary>Null when the request names none, as Scan does: the condition key is then absent.</summary>
    /// <param name="request">The part about one table, for batches.</param>
    /// <param name="partitionKey">Of the table, or of the index a query names.</param>
    public static string[]? Of(string operation, JsonObject request, string partitionKey) => operation switch
    {
        "GetItem" or "UpdateItem" or "DeleteItem" or "ConditionCheckItem" => Values([request["Key"]], partitionKey),
        "PutItem" => Values([request["Item"]], partitionKey),
        "Query" => OfQuery(request, partitionKey) is { } value ? [value] : null,
        "BatchGetItem" => Values(request["Keys"] as JsonArray ?? [], partitionKey),
        "BatchWriteItem" => Values((request["Requests"] as JsonArray ?? []).Select(WrittenKey), partitionKey),
        _ => null,
    };

    private static JsonNode? WrittenKey(JsonNode? write) =>
        Member(Member(write, "PutRequest"), "Item") ?? Member(Member(write, "DeleteRequest"), "Key");

    private static string[]? Values(IEnumerable<JsonNode?> keys, string partitionKey)
    {
        var values = keys.Select(key => Value(Member(key, partitionKey))).OfType<string>().Distinct().ToArray();
        return values.Length > 0 ? values : null;
    }

    // {"S":"text"}, {"N":"1"}, {"B":"base64"}
    private static string? Value(JsonNode? attribute) =>
        attribute is JsonObject { Count: 1 } typed ? typed.First().Value?.ToString() : null;

    private static string? OfQuery(JsonObject request, string partitionKey)
    {
        var condition = Member(request["KeyConditions"], partitionKey);
        if (Member(condition, "AttributeValueList") is JsonArray { Count: > 0 } list) return Value(list[0]);

        var names = request.Structure("ExpressionAttributeNames");
        var equality = Equality().Matches(request.Text("KeyConditionExpression") ?? "")
            .FirstOrDefault(m => Name(m.Groups["name"].Value, names) == partitionKey);
        return equality is null
            ? null
            : Value(request.Structure("ExpressionAttributeValues")[equality.Groups["value"].Value]);
    }

    private static string? Name(string written, JsonObject names) =>
        written.StartsWith('#') ? names.Text(written) : written;

    // Of what is no object there is none: DynamoDB then refuses the request.
    private static JsonNode? Member(JsonNode? node, string name) => (node as JsonObject)?[name];

    [GeneratedRegex(@"(?<name>#?[A-Za-z0-9_\-.]+)\s*=\s*(?<value>:\w+)")]
    private static partial Regex Equality();
}
