using System.Text.Json.Nodes;
using Lapstack.Wire;

namespace Lapstack.Services.DynamoDb;

/// <summary>What a transaction does to one item.</summary>
/// <param name="Operation">As it is allowed or denied: <c>GetItem</c>, <c>PutItem</c>, <c>UpdateItem</c>,
/// <c>DeleteItem</c>, <c>ConditionCheckItem</c>.</param>
/// <param name="Input">As of the single operation.</param>
internal sealed record TransactionPart(string Operation, JsonObject Input, TableDefinition Table)
{
    private const int Most = 100;

    private static readonly Dictionary<string, string> Operations = new()
    {
        ["Get"] = "GetItem",
        ["Put"] = "PutItem",
        ["Update"] = "UpdateItem",
        ["Delete"] = "DeleteItem",
        ["ConditionCheck"] = "ConditionCheckItem",
    };

    /// <summary>The item's key alone.</summary>
    public JsonObject Key =>
        new(
            Table.Key.Select(
                name =>
                    KeyValuePair.Create(
                        name, ((Input[nameof(Key)] ?? Input["Item"]) as JsonObject)?[name]?.DeepClone())));

    public bool WantsOld => Input.Text("ReturnValuesOnConditionCheckFailure") == "ALL_OLD";

    /// <param name="names">The members that the call knows: Get, or those that write.</param>
    public static IReadOnlyList<TransactionPart> Read(JsonObject input, Tables tables, params string[] names)
    {
        var items = input.Structures("TransactItems");
        if (items.Count is 0 or > Most)
            throw Invalid(
                "1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must " +
                $"have length from 1 to {Most}");
        var parts = items.Select(item => ReadOne(item, tables, names)).ToList();
        if (parts.DistinctBy(part => $"{part.Table.Name} {part.Key.ToJsonString()}").Count() < parts.Count)
            throw Invalid("Transaction request cannot include multiple operations on one item");
        return parts;
    }

    private static TransactionPart ReadOne(JsonObject item, Tables tables, string[] names)
    {
        if (item.Count != 1 || !names.Contains(item.First().Key) || item.First().Value is not JsonObject input)
            throw Invalid($"TransactItems can only contain one of {string.Join(", ", names)}");
        var table = tables.Find(input.Text("TableName") ?? "")
            ?? throw new ServiceError("ResourceNotFoundException", "Requested resource not found");
        var part = new TransactionPart(Operations[item.First().Key], input, table);
        return part.Key.All(attribute => attribute.Value is JsonObject)
            ? part
            : throw Invalid("The provided key element does not match the schema");
    }

    private static ServiceError Invalid(string message) => new("ValidationException", message);
}
