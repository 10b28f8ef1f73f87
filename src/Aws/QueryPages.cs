using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Jobs.Aws;

/// <summary>Queries that go on page after page.</summary>
internal static class QueryPages
{
    /// <summary>All items, or the first so many and what else is on the last page read.</summary>
    /// <param name="enough">No further page is read once so many are found.</param>
    public static async Task<List<Dictionary<string, AttributeValue>>> FindAsync(
        this IAmazonDynamoDB dynamo, QueryRequest query, CancellationToken cancellation, int enough = int.MaxValue)
    {
        var found = new List<Dictionary<string, AttributeValue>>();
        do
        {
            var page = await dynamo.QueryAsync(query, cancellation);
            found.AddRange(page.Items ?? []);
            query.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (found.Count < enough && query.ExclusiveStartKey is { Count: > 0 });
        return found;
    }
}
