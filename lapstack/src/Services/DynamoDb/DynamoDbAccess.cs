using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Wire;

namespace Lapstack.Services.DynamoDb;

/// <summary>
/// What a caller must be allowed for a request, with the condition keys LeadingKeys, Select, ReturnValues and
/// ReturnConsumedCapacity. <c>dynamodb:Attributes</c> is not computed.
/// </summary>
internal sealed class DynamoDbAccess(Tables tables, Account account)
{
    public IReadOnlyList<AccessRequest> Of(string operation, JsonObject request) => operation switch
    {
        "ListTables" => [new AccessRequest("dynamodb:ListTables", "*")],
        "BatchGetItem" or "BatchWriteItem" => [.. OfBatch(operation, request)],
        _ => [OfTable(operation, request.Text("TableName") ?? "", request)],
    };

    /// <summary>A transaction is authorized part by part.</summary>
    public IReadOnlyList<AccessRequest> Of(IEnumerable<TransactionPart> parts) =>
        [.. parts.Select(part => OfTable(part.Operation, part.Table.Name, part.Input))];

    // A batch is authorized table by table.
    private IEnumerable<AccessRequest> OfBatch(string operation, JsonObject request) =>
        from table in request["RequestItems"] as JsonObject ?? []
        let part = table.Value is JsonArray writes
            ? new JsonObject { ["Requests"] = writes.DeepClone() }
            : table.Value as JsonObject ?? []
        select OfTable(operation, table.Key, part);

    private AccessRequest OfTable(string operation, string table, JsonObject request)
    {
        var arn = account.Arn("dynamodb", $"table/{table}");
        var definition = tables.Find(table);
        var index = request.Text("IndexName");
        var partitionKey = index is null ? definition?.PartitionKey : definition?.IndexKeys.GetValueOrDefault(index);
        var context = new Dictionary<string, string[]>();
        if (partitionKey is not null && LeadingKeys.Of(operation, request, partitionKey) is { } keys)
        {
            context["dynamodb:LeadingKeys"] = keys;
        }

        foreach (var name in new[] { "Select", "ReturnValues", "ReturnConsumedCapacity" })
            if (request[name] is { } value) context[$"dynamodb:{name}"] = [value.ToString()];
        return new AccessRequest($"dynamodb:{operation}", index is null ? arn : $"{arn}/index/{index}", context);
    }
}
