using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Jobs.Aws.Workers;
using Jobs.Core;
using Jobs.Core.Ports;
using Jobs.Core.Runs;

namespace Jobs.Aws.Runs;

/// <summary>Runs in DynamoDB. Every write of a control item is one PutItem conditioned on the version that was read.</summary>
/// <param name="runsTable">Name of the Runs table.</param>
/// <param name="resultsTable">Name of the Results table.</param>
public sealed class DynamoRunStore(IAmazonDynamoDB dynamo, string runsTable, string resultsTable, TimeProvider clock) : IRunStore
{
    /// <summary>Largest input in bytes that rides on the control item, which stays under 1 KB: one write unit.</summary>
    public const int MaxInlineInput = 400;

    public async Task<bool> CreateAsync(Run run, CancellationToken cancellation)
    {
        if (HasLargeInput(run))
        {
            // Before the run, so that no run is ever without its input. An input without a run expires.
            await PutInputAsync(run, run.Input!, cancellation);
            run = run with { Input = null };
        }

        return await dynamo.TryCreateAsync(runsTable, RunItems.Write(run), cancellation);
    }

    public async Task<RunReading?> ReadAsync(RunId id, CancellationToken cancellation)
    {
        var key = id.ToString();
        var wanted = new Dictionary<string, KeysAndAttributes>
        {
            [runsTable] = new() { Keys = [Items.Key(key, Tables.RunItem)], ConsistentRead = true },
            [resultsTable] = new() { Keys = [Items.Key(key, Tables.WorkerItem)], ConsistentRead = true },
        };
        Dictionary<string, AttributeValue>? run = null, worker = null;
        while (wanted is { Count: > 0 })
        {
            var answer = await dynamo.BatchGetItemAsync(new BatchGetItemRequest { RequestItems = wanted }, cancellation);
            run ??= answer.Responses?.GetValueOrDefault(runsTable)?.FirstOrDefault();
            worker ??= answer.Responses?.GetValueOrDefault(resultsTable)?.FirstOrDefault();
            // What was not processed is unknown, not absent.
            wanted = answer.UnprocessedKeys;
        }

        return run is null ? null : new RunReading(RunItems.Read(run), worker is null ? null : WorkerItems.Read(worker));
    }

    // A large input was stored as an item of its own when the run was made.
    public Task<bool> SaveAsync(Run run, CancellationToken cancellation) =>
        dynamo.TryReplaceAsync(runsTable, RunItems.Write(HasLargeInput(run) ? run with { Input = null } : run), run.Version, cancellation);

    public Task<string?> ReadInputAsync(RunId id, CancellationToken cancellation) => new DynamoRunInputs(dynamo, runsTable).ReadAsync(id, cancellation);

    public async Task SaveAttemptAsync(Attempt attempt, CancellationToken cancellation) => await dynamo.PutItemAsync(
        new PutItemRequest { TableName = runsTable, Item = AttemptItems.Write(attempt, Expiry()) }, cancellation);

    public async Task<IReadOnlyList<Attempt>> AttemptsAsync(RunId id, CancellationToken cancellation)
    {
        var request = new QueryRequest
        {
            TableName = runsTable,
            ConsistentRead = true,
            KeyConditionExpression = $"{Tables.PartitionKey} = :run AND begins_with({Tables.SortKey}, :attempt)",
            ExpressionAttributeValues = new() { [":run"] = Items.Text(id.ToString()), [":attempt"] = Items.Text(AttemptItems.SortPrefix) },
        };
        var attempts = new List<Attempt>();
        do
        {
            var page = await dynamo.QueryAsync(request, cancellation);
            attempts.AddRange((page.Items ?? []).Select(AttemptItems.Read));
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return attempts;
    }

    public async Task<IReadOnlyCollection<string>> RegisterJobsAsync(IReadOnlyCollection<string> deployed, CancellationToken cancellation)
    {
        var request = new UpdateItemRequest { TableName = runsTable, Key = Items.Key(Tables.JobsPartition, "deployed"), ReturnValues = ReturnValue.ALL_NEW };
        if (deployed.Count > 0)
        {
            request.UpdateExpression = "ADD #names :deployed";
            request.ExpressionAttributeNames = new() { ["#names"] = "names" };
            request.ExpressionAttributeValues = new() { [":deployed"] = new AttributeValue { SS = [.. deployed] } };
        }

        var answer = await dynamo.UpdateItemAsync(request, cancellation);
        return answer.Attributes?.GetValueOrDefault("names")?.SS ?? [];
    }

    public async Task<IReadOnlyList<RunId>> DueAsync(string job, DateTimeOffset now, int limit, CancellationToken cancellation)
    {
        var due = await QueryShardsAsync(job, partition => new QueryRequest
        {
            IndexName = Names.ActiveIndex,
            KeyConditionExpression = "#partition = :partition AND #next <= :now",
            ExpressionAttributeNames = new() { ["#partition"] = Tables.ActiveKey, ["#next"] = Tables.NextCheckAt },
            ExpressionAttributeValues = new() { [":partition"] = partition, [":now"] = Items.Instant(now) },
            Limit = limit,
        }, cancellation);
        return [.. due.OrderBy(item => Items.TextOf(item, Tables.NextCheckAt), StringComparer.Ordinal).Take(limit).Select(IdOf)];
    }

    public async Task<IReadOnlyList<Run>> WaitingAsync(string job, DateTimeOffset by, int limit, CancellationToken cancellation) =>
        [.. (await QueryWaitingAsync(job, new QueryRequest
        {
            // No run's place in the queue is later than its time, so that the key alone leaves most of those out that may not start yet.
            KeyConditionExpression = "#partition = :partition AND #place <= :at",
            FilterExpression = "attribute_not_exists(#notBefore) OR #notBefore <= :at",
            ExpressionAttributeNames = new() { ["#partition"] = Tables.ActiveKey, ["#place"] = Tables.NextCheckAt, ["#notBefore"] = RunItems.NotBefore },
            Limit = limit,
        }, by, limit, cancellation)).Select(RunItems.Read)];

    public async Task<IReadOnlyList<RunId>> OverdueAsync(string job, DateTimeOffset now, int limit, CancellationToken cancellation) =>
        [.. (await QueryWaitingAsync(job, new QueryRequest
        {
            KeyConditionExpression = "#partition = :partition",
            FilterExpression = "#endBy <= :at",
            ExpressionAttributeNames = new() { ["#partition"] = Tables.ActiveKey, ["#endBy"] = RunItems.EndBy },
        }, now, limit, cancellation)).Select(IdOf)];

    /// <summary>Page after page until enough are found: what the filter leaves out counts for the page.</summary>
    private async Task<IEnumerable<Dictionary<string, AttributeValue>>> QueryWaitingAsync(
        string job, QueryRequest request, DateTimeOffset at, int limit, CancellationToken cancellation)
    {
        request.TableName = runsTable;
        request.IndexName = Names.ActiveIndex;
        request.ExpressionAttributeValues = new() { [":partition"] = Items.Text(RunItems.WaitingPartition(job)), [":at"] = Items.Instant(at) };
        var found = new List<Dictionary<string, AttributeValue>>();
        do
        {
            var page = await dynamo.QueryAsync(request, cancellation);
            found.AddRange(page.Items ?? []);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (found.Count < limit && request.ExclusiveStartKey is { Count: > 0 });
        return found.Take(limit);
    }

    public async Task<IReadOnlyList<RunId>> RecentAsync(string job, int limit, CancellationToken cancellation)
    {
        var recent = await QueryShardsAsync(job, partition => new QueryRequest
        {
            IndexName = Names.HistoryIndex,
            KeyConditionExpression = "#partition = :partition",
            ExpressionAttributeNames = new() { ["#partition"] = Tables.HistoryKey },
            ExpressionAttributeValues = new() { [":partition"] = partition },
            ScanIndexForward = false,
            Limit = limit,
        }, cancellation);
        return [.. recent.OrderByDescending(item => Items.TextOf(item, Tables.CreatedAt), StringComparer.Ordinal).Take(limit).Select(IdOf)];
    }

    /// <summary>One page of each shard, all shards at once.</summary>
    private async Task<List<Dictionary<string, AttributeValue>>> QueryShardsAsync(
        string job, Func<AttributeValue, QueryRequest> requestFor, CancellationToken cancellation)
    {
        var pages = await Task.WhenAll(Enumerable.Range(0, Tables.Shards).Select(shard =>
        {
            var request = requestFor(Items.Text(RunItems.Partition(job, shard)));
            request.TableName = runsTable;
            return dynamo.QueryAsync(request, cancellation);
        }));
        return [.. pages.SelectMany(page => page.Items ?? [])];
    }

    private static bool HasLargeInput(Run run) => run.Input is { } input && Encoding.UTF8.GetByteCount(input) > MaxInlineInput;

    private async Task PutInputAsync(Run run, string input, CancellationToken cancellation)
    {
        var item = Items.Key(run.Id.ToString(), Tables.InputItem);
        item[RunItems.Input] = Items.Text(input);
        item[Tables.ExpiresAt] = Items.Expiry(Expiry());
        // The first input stays: the run may have begun with it.
        await dynamo.TryCreateAsync(runsTable, item, cancellation);
    }

    private DateTimeOffset Expiry() => clock.GetUtcNow() + Items.PartRetention;

    private static RunId IdOf(Dictionary<string, AttributeValue> item) => RunId.Parse(Items.TextOf(item, Tables.PartitionKey)!);
}
