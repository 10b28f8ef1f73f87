using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Jobs.Aws.Layout;
using Jobs.Aws.Workers;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Aws.Runs;

/// <summary>Listings from the indexes of the Runs table.</summary>
/// <param name="runsTable">Name of the Runs table.</param>
/// <param name="resultsTable">Name of the Results table.</param>
public sealed class DynamoRunHistory(IAmazonDynamoDB dynamo, string runsTable, string resultsTable) : IRunHistory
{
    public async Task<IReadOnlyList<string>> JobsAsync(CancellationToken cancellation)
    {
        var answer = await dynamo.GetItemAsync(
            new GetItemRequest { TableName = runsTable, Key = Items.Key(Tables.JobsPartition, Tables.DeployedItem) },
            cancellation);
        return [.. (answer.Item?.GetValueOrDefault(Tables.DeployedNames)?.SS ?? []).Order(StringComparer.Ordinal)];
    }

    public async Task<HistoryPage> PageAsync(
        IReadOnlyCollection<string> jobs,
        string? label,
        HistoryCursor? after,
        DateTimeOffset? since,
        int limit,
        CancellationToken cancellation)
    {
        // A place before the time asked for has nothing behind it; DynamoDB would refuse such a range.
        if (after?.At < since) return new HistoryPage([], null);
        var shown = after?.Shown.ToHashSet() ?? [];
        var pages = await Task.WhenAll(
            from job in jobs
            from shard in Enumerable.Range(0, Tables.Shards)
                // Whatever was shown of the cursor's millisecond may come again, and must not take the place of what
                // was not.
            select FindAsync(
                HistoryQuery(RunItems.Partition(job, shard), after, since),
                label,
                limit + 1 + shown.Count,
                cancellation));
        var found = pages
            .SelectMany(page => page)
            .Select(
                item =>
                    (
                        Id: RunId.Parse(Items.TextOf(item, Tables.PartitionKey)!),
                        At: Items.InstantOf(item, Tables.CreatedAt)!.Value))
            .Where(one => !(one.At == after?.At && shown.Contains(one.Id)))
            .OrderByDescending(one => one.At).ThenBy(one => one.Id.ToString(), StringComparer.Ordinal)
            .Take(limit + 1)
            .ToList();
        var runs = found.Take(limit).ToList();
        return new HistoryPage(
            [.. runs.Select(one => one.Id)], found.Count > limit ? HistoryCursor.Behind(after, runs) : null);
    }

    public async Task<ActivePage> ActiveAsync(int limit, CancellationToken cancellation)
    {
        var perShard = Math.Max(1, limit / Tables.Shards);
        var pages = await Task.WhenAll(
            from shard in Enumerable.Range(0, Tables.Shards)
            from query in new[]
            {
                ShardQuery(Names.WatchIndex, Tables.WatchKey, RunItems.WatchPartition(shard), perShard),
                ShardQuery(Names.WaitingIndex, Tables.WaitingKey, RunItems.WaitingPartition(shard), perShard),
            }
            select dynamo.QueryAsync(query, cancellation));
        var runs = pages.SelectMany(page => page.Items ?? [])
            .Select(item => RunId.Parse(Items.TextOf(item, Tables.PartitionKey)!))
            .Distinct();
        return new ActivePage([.. runs], pages.All(page => page.LastEvaluatedKey is not { Count: > 0 }));
    }

    public async Task<IReadOnlyList<RunReading>> ReadAsync(
        IReadOnlyCollection<RunId> ids, CancellationToken cancellation)
    {
        var read = await new RunBatches(dynamo, runsTable, resultsTable, TimeProvider.System)
            .ReadAsync(ids, consistent: false, cancellation);
        if (read.Unreadable.Count > 0) throw read.Unreadable[0].Why;
        var found = read.Found.ToDictionary(reading => reading.Run.Id);
        return [.. ids.Distinct().Where(found.ContainsKey).Select(id => found[id])];
    }

    /// <summary>
    /// The first so many. What a filter throws away is read all the same: a megabyte a call, some 5,000 runs.
    /// </summary>
    private Task<List<Dictionary<string, AttributeValue>>> FindAsync(
        QueryRequest query, string? label, int limit, CancellationToken cancellation)
    {
        if (label is null) query.Limit = limit;
        else
        {
            query.FilterExpression = "contains(#labels, :label)";
            query.ExpressionAttributeNames["#labels"] = Tables.Labels;
            query.ExpressionAttributeValues[":label"] = Items.Text(label);
        }

        return dynamo.FindAsync(query, cancellation, limit);
    }

    private QueryRequest ShardQuery(string index, string key, string partition, int limit) => new()
    {
        TableName = runsTable,
        IndexName = index,
        KeyConditionExpression = "#partition = :partition",
        ProjectionExpression = Tables.PartitionKey,
        ExpressionAttributeNames = new() { ["#partition"] = key },
        ExpressionAttributeValues = new() { [":partition"] = Items.Text(partition) },
        Limit = limit,
    };

    private QueryRequest HistoryQuery(string partition, HistoryCursor? after, DateTimeOffset? since)
    {
        var request = new QueryRequest
        {
            TableName = runsTable,
            IndexName = Names.HistoryIndex,
            KeyConditionExpression = "#partition = :partition",
            ExpressionAttributeNames = new() { ["#partition"] = Tables.HistoryKey },
            ExpressionAttributeValues = new() { [":partition"] = Items.Text(partition) },
            ScanIndexForward = false,
        };
        if (after is null && since is null) return request;
        request.KeyConditionExpression += " AND #at BETWEEN :from AND :to";
        request.ExpressionAttributeNames["#at"] = Tables.CreatedAt;
        request.ExpressionAttributeValues[":from"] = Items.Instant(since ?? DateTimeOffset.UnixEpoch);
        request.ExpressionAttributeValues[":to"] = Items.Instant(after?.At ?? DateTimeOffset.MaxValue);
        return request;
    }
}
