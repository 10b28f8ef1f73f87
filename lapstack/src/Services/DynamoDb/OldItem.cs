using System.Text.Json.Nodes;

namespace Lapstack.Services.DynamoDb;

/// <summary>An item as it was before a transaction.</summary>
/// <param name="Item">Null when there was none.</param>
internal sealed record OldItem(string TableName, JsonObject Key, JsonObject? Item);
