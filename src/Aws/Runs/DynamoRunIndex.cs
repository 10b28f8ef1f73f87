using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Jobs.Aws.Layout;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Aws.Runs;

/// <summary>The watch index and the waiting index of the Runs table.</summary>
/// <param name="table">Name of the Runs table.</param>
public sealed class DynamoRunIndex(IAmazonDynamoDB dynamo, string table) : IRunIndex
{
    /// <summary>Sorts just behind every place in a job's queue.</summary>
    private const string BehindAll = "~";

    public async Task<IReadOnlyList<DueRun>> DueAsync(
        DateTimeOffset now, DateTimeOffset? after, int limit, CancellationToken cancellation)
    {
        var pages = await Task.WhenAll(Enumerable.Range(0, Tables.Shards).Select(shard => FirstAsync(
            new QueryRequest
            {
                TableName = table,
                IndexName = Names.WatchIndex,
                KeyConditionExpression = "#shard = :shard AND #next BETWEEN :after AND :now",
                ExpressionAttributeNames = new() { ["#shard"] = Tables.WatchKey, ["#next"] = Tables.NextCheckAt },
                ExpressionAttributeValues = new()
                {
                    [":shard"] = Items.Text(RunItems.WatchPartition(shard)),
                    [":after"] = Items.Instant(after ?? DateTimeOffset.UnixEpoch),
                    [":now"] = Items.Instant(now),
                },
            },
            limit,
            cancellation)));
        return
        [
            .. pages.SelectMany(page => page)
                .Select(
                    item =>
                        new DueRun(
                            RunId.Parse(Items.TextOf(item, Tables.PartitionKey)!),
                            Items.InstantOf(item, Tables.NextCheckAt)!.Value))
                .OrderBy(run => run.At).ThenBy(run => run.Id.Key, StringComparer.Ordinal)
                .Take(limit),
        ];
    }

    public async Task<WaitingRuns> WaitingAsync(DateTimeOffset by, int limit, CancellationToken cancellation)
    {
        var shares = await Task.WhenAll(
            Enumerable.Range(0, Tables.Shards).Select(share => WaitingOfShareAsync(share, by, limit, cancellation)));
        return Read(shares.SelectMany(items => items));
    }

    public async Task<WaitingRuns> WaitingAsync(
        string job, DateTimeOffset by, int limit, CancellationToken cancellation) =>
        Read(await FirstAsync(WaitingOf(job, by), limit, cancellation));

    private static WaitingRuns Read(IEnumerable<Dictionary<string, AttributeValue>> items)
    {
        var (runs, unreadable) = (new List<Run>(), new List<Exception>());
        foreach (var item in items)
        {
            try
            {
                runs.Add(RunItems.Read(item));
            }
            catch (UnreadableRunException e)
            {
                unreadable.Add(e);
            }
        }

        return new WaitingRuns(runs, unreadable);
    }

    public async Task<IReadOnlyDictionary<LaunchId, int>> CpuInUseAsync(CancellationToken cancellation)
    {
        var pages = await Task.WhenAll(Enumerable.Range(0, Tables.Shards).Select(shard => FirstAsync(
            new QueryRequest
            {
                TableName = table,
                IndexName = Names.WatchIndex,
                KeyConditionExpression = "#shard = :shard",
                FilterExpression = "attribute_exists(#cpu)",
                ExpressionAttributeNames = new() { ["#shard"] = Tables.WatchKey, ["#cpu"] = Tables.CpuUsed },
                ExpressionAttributeValues = new() { [":shard"] = Items.Text(RunItems.WatchPartition(shard)) },
            },
            int.MaxValue,
            cancellation)));
        return pages.SelectMany(page => page).Select(CpuUseOf).ToDictionary();
    }

    private static KeyValuePair<LaunchId, int> CpuUseOf(Dictionary<string, AttributeValue> item)
    {
        var parts = Items.TextOf(item, Tables.CpuUsed)!.Split(':');
        var launch = new LaunchId(
            RunId.Parse(Items.TextOf(item, Tables.PartitionKey)!), int.Parse(parts[0], CultureInfo.InvariantCulture));
        return new(launch, int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <summary>
    /// Passes from job to job: one query for each that has waiting runs, and one that finds no further job.
    /// </summary>
    private async Task<List<Dictionary<string, AttributeValue>>> WaitingOfShareAsync(
        int share, DateTimeOffset by, int limit, CancellationToken cancellation)
    {
        var waiting = new List<Dictionary<string, AttributeValue>>();
        for (var job = await NextJobAsync(share, "", cancellation); job is not null; job = await NextJobAsync(
            share, $"{job}#{BehindAll}", cancellation))
        {
            waiting.AddRange(await FirstAsync(WaitingOf(job, by), limit, cancellation));
        }

        return waiting;
    }

    /// <summary>The first job of a share behind a sort key that has waiting runs; null when there is none.</summary>
    private async Task<string?> NextJobAsync(int share, string behind, CancellationToken cancellation)
    {
        var first = await FirstAsync(
            new QueryRequest
            {
                TableName = table,
                IndexName = Names.WaitingIndex,
                KeyConditionExpression = behind.Length == 0 ? "#share = :share" : "#share = :share AND #turn > :behind",
                ExpressionAttributeNames = behind.Length == 0
                    ? new() { ["#share"] = Tables.WaitingKey }
                    : new() { ["#share"] = Tables.WaitingKey, ["#turn"] = Tables.TurnKey },
                ExpressionAttributeValues = behind.Length == 0
                    ? new() { [":share"] = Items.Text(RunItems.WaitingPartition(share)) }
                    : new()
                    {
                        [":share"] = Items.Text(RunItems.WaitingPartition(share)),
                        [":behind"] = Items.Text(behind),
                    },
            },
            1,
            cancellation);
        return first.Count == 0 ? null : RunId.Parse(Items.TextOf(first[0], Tables.PartitionKey)!).Job;
    }

    // No run's place in the queue is later than its time, so that the key alone leaves most of those out that may not
    // start yet.
    private QueryRequest WaitingOf(string job, DateTimeOffset by) => new()
    {
        TableName = table,
        IndexName = Names.WaitingIndex,
        KeyConditionExpression = "#share = :share AND #turn BETWEEN :first AND :by",
        FilterExpression = "attribute_not_exists(#notBefore) OR #notBefore <= :at",
        ExpressionAttributeNames = new()
        {
            ["#share"] = Tables.WaitingKey,
            ["#turn"] = Tables.TurnKey,
            ["#notBefore"] = RunItems.NotBefore,
        },
        ExpressionAttributeValues = new()
        {
            [":share"] = Items.Text(RunItems.WaitingPartition(job)),
            [":first"] = Items.Text($"{job}#"),
            [":by"] = Items.Text(RunItems.TurnOf(job, by)),
            [":at"] = Items.Moment(by),
        },
    };

    /// <summary>Page after page until enough are found: what a filter leaves out counts for the page.</summary>
    private async Task<List<Dictionary<string, AttributeValue>>> FirstAsync(
        QueryRequest request, int limit, CancellationToken cancellation)
    {
        var found = new List<Dictionary<string, AttributeValue>>();
        do
        {
            if (limit < int.MaxValue) request.Limit = limit - found.Count;
            var page = await dynamo.QueryAsync(request, cancellation);
            found.AddRange(page.Items ?? []);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (found.Count < limit && request.ExclusiveStartKey is { Count: > 0 });
        return found;
    }
}
