using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Jobs.Aws.Workers;
using Jobs.Core;
using Jobs.Core.Ports;
using Jobs.Core.Runs;

namespace Jobs.Aws.Runs;

/// <summary>Listings from the two indexes of the Runs table.</summary>
/// <param name="runsTable">Name of the Runs table.</param>
/// <param name="resultsTable">Name of the Results table.</param>
public sealed class DynamoRunHistory(IAmazonDynamoDB dynamo, string runsTable, string resultsTable) : IRunHistory
{
    /// <summary>BatchGetItem takes 100 keys, and a run has two. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html</summary>
    private const int RunsPerRead = 50;

    public async Task<IReadOnlyList<string>> JobsAsync(CancellationToken cancellation)
    {
        var answer = await dynamo.GetItemAsync(new GetItemRequest { TableName = runsTable, Key = Items.Key("jobs", "deployed") }, cancellation);
        return [.. (answer.Item?.GetValueOrDefault("names")?.SS ?? []).Order(StringComparer.Ordinal)];
    }

    public async Task<HistoryPage> PageAsync(
        IReadOnlyCollection<string> jobs, HistoryCursor? after, DateTimeOffset? since, int limit, CancellationToken cancellation)
    {
        var shown = after?.Shown.ToHashSet() ?? [];
        var pages = await Task.WhenAll(
            from job in jobs
            from shard in Enumerable.Range(0, Tables.Shards)
                // Whatever was shown of the cursor's millisecond may come again, and must not take the place of what was not.
            select dynamo.QueryAsync(HistoryQuery(RunItems.Partition(job, shard), after, since, limit + 1 + shown.Count), cancellation));
        var found = pages
            .SelectMany(page => page.Items ?? [])
            .Select(item => (Id: RunId.Parse(Items.TextOf(item, Tables.PartitionKey)!), At: Items.InstantOf(item, Tables.CreatedAt)!.Value))
            .Where(one => !(one.At == after?.At && shown.Contains(one.Id)))
            .OrderByDescending(one => one.At).ThenBy(one => one.Id.ToString(), StringComparer.Ordinal)
            .Take(limit + 1)
            .ToList();
        var runs = found.Take(limit).ToList();
        return new HistoryPage([.. runs.Select(one => one.Id)], found.Count > limit ? HistoryCursor.Behind(after, runs) : null);
    }

    public async Task<ActivePage> ActiveAsync(string job, int limit, CancellationToken cancellation)
    {
        var partitions = Enumerable.Range(0, Tables.Shards).Select(shard => RunItems.Partition(job, shard)).Append(RunItems.WaitingPartition(job));
        var pages = await Task.WhenAll(partitions.Select(partition => dynamo.QueryAsync(
            new QueryRequest
            {
                TableName = runsTable,
                IndexName = Names.ActiveIndex,
                KeyConditionExpression = "#partition = :partition",
                ExpressionAttributeNames = new() { ["#partition"] = Tables.ActiveKey },
                ExpressionAttributeValues = new() { [":partition"] = Items.Text(partition) },
                Limit = limit,
            },
            cancellation)));
        var runs = pages.SelectMany(page => page.Items ?? []).Select(RunItems.Read).ToList();
        return new ActivePage(runs, pages.All(page => page.LastEvaluatedKey is not { Count: > 0 }));
    }

    public async Task<IReadOnlyList<RunReading>> ReadAsync(IReadOnlyCollection<RunId> ids, CancellationToken cancellation)
    {
        var chunks = await Task.WhenAll(ids.Distinct().Chunk(RunsPerRead).Select(chunk => ReadChunkAsync(chunk, cancellation)));
        return [.. chunks.SelectMany(chunk => chunk)];
    }

    private async Task<IEnumerable<RunReading>> ReadChunkAsync(RunId[] ids, CancellationToken cancellation)
    {
        var wanted = new Dictionary<string, KeysAndAttributes>
        {
            [runsTable] = new() { Keys = [.. ids.Select(id => Items.Key(id.ToString(), Tables.RunItem))] },
            [resultsTable] = new() { Keys = [.. ids.Select(id => Items.Key(id.ToString(), Tables.WorkerItem))] },
        };
        var items = new Dictionary<string, Dictionary<string, Dictionary<string, AttributeValue>>> { [runsTable] = [], [resultsTable] = [] };
        while (wanted is { Count: > 0 })
        {
            var answer = await dynamo.BatchGetItemAsync(new BatchGetItemRequest { RequestItems = wanted }, cancellation);
            foreach (var (table, found) in answer.Responses ?? [])
            {
                foreach (var item in found) items[table][Items.TextOf(item, Tables.PartitionKey)!] = item;
            }

            // What was not processed is unknown, not absent.
            wanted = answer.UnprocessedKeys;
        }

        return
            from id in ids
            let run = items[runsTable].GetValueOrDefault(id.ToString())
            where run is not null
            let worker = items[resultsTable].GetValueOrDefault(id.ToString())
            select new RunReading(RunItems.Read(run), worker is null ? null : WorkerItems.Read(worker));
    }

    private QueryRequest HistoryQuery(string partition, HistoryCursor? after, DateTimeOffset? since, int limit)
    {
        var request = new QueryRequest
        {
            TableName = runsTable,
            IndexName = Names.HistoryIndex,
            KeyConditionExpression = "#partition = :partition",
            ExpressionAttributeNames = new() { ["#partition"] = Tables.HistoryKey },
            ExpressionAttributeValues = new() { [":partition"] = Items.Text(partition) },
            ScanIndexForward = false,
            Limit = limit,
        };
        if (after is null && since is null) return request;
        request.KeyConditionExpression += " AND #at BETWEEN :from AND :to";
        request.ExpressionAttributeNames["#at"] = Tables.CreatedAt;
        request.ExpressionAttributeValues[":from"] = Items.Instant(since ?? DateTimeOffset.UnixEpoch);
        request.ExpressionAttributeValues[":to"] = Items.Instant(after?.At ?? DateTimeOffset.MaxValue);
        return request;
    }
}
