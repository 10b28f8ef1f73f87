using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Jobs.Aws;

/// <summary>
/// Items with a version, in <see cref="Items.Version"/>: each is read, created, replaced and deleted here. Each write
/// is conditioned on the version that was read, so that of two writers who read the same version one writes, and the
/// other reads again.
/// </summary>
internal static class VersionedItems
{
    /// <summary>The item as it is now; null when there is none.</summary>
    public static async Task<Dictionary<string, AttributeValue>?> ReadAsync(
        this IAmazonDynamoDB dynamo, string table, Dictionary<string, AttributeValue> key,
        CancellationToken cancellation)
    {
        var answer = await dynamo.GetItemAsync(
            new GetItemRequest { TableName = table, Key = key, ConsistentRead = true }, cancellation);
        return answer.Item is { Count: > 0 } item ? item : null;
    }

    /// <summary>Creates the item when its version is 1; otherwise replaces the version before.</summary>
    /// <returns>False when another writer was faster, or when this very write was made before.</returns>
    public static Task<bool> TrySaveAsync(
        this IAmazonDynamoDB dynamo, string table, Dictionary<string, AttributeValue> item,
        CancellationToken cancellation)
    {
        var before = VersionOf(item) - 1;
        if (before == 0) return dynamo.TryCreateAsync(table, item, cancellation);
        return dynamo.TryPutAsync(
            new PutItemRequest
            {
                TableName = table,
                Item = item,
                ConditionExpression = IsBefore,
                ExpressionAttributeNames = Names,
                ExpressionAttributeValues = ValuesOf(before),
            },
            cancellation);
    }

    /// <returns>False when the item has another version by now, or is gone.</returns>
    public static Task<bool> TryDeleteAsync(
        this IAmazonDynamoDB dynamo, string table, Dictionary<string, AttributeValue> key, int version,
            CancellationToken cancellation) =>
        dynamo.TryDeleteAsync(
            new DeleteItemRequest
            {
                TableName = table,
                Key = key,
                ConditionExpression = IsBefore,
                ExpressionAttributeNames = Names,
                ExpressionAttributeValues = ValuesOf(version),
            },
            cancellation);

    /// <exception cref="FormatException">The item has none.</exception>
    public static int VersionOf(IReadOnlyDictionary<string, AttributeValue> item) =>
        int.Parse(item.GetValueOrDefault(Items.Version)?.N ?? "", CultureInfo.InvariantCulture);

    private const string IsBefore = "#version = :before";

    private static Dictionary<string, string> Names => new() { ["#version"] = Items.Version };

    private static Dictionary<string, AttributeValue> ValuesOf(int before) =>
        new() { [":before"] = Items.Number(before) };
}
