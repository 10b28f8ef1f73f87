namespace Lapstack.Services.DynamoDb;

/// <summary>What authorization and creation need to know of a table.</summary>
/// <param name="Key">The partition key, then the sort key if there is one.</param>
/// <param name="IndexKeys">The partition key of each index, by index name.</param>
/// <param name="TimeToLive">The attribute that says, in seconds since 1970, when an item goes; null where items
/// stay.</param>
internal sealed record TableDefinition(
    string Name, string Arn, IReadOnlyList<string> Key, IReadOnlyDictionary<string, string> IndexKeys,
    string? TimeToLive = null)
{
    public string PartitionKey => Key[0];
}
