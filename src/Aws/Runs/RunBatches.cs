using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Jobs.Aws.Layout;
using Jobs.Aws.Workers;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Aws.Runs;

/// <summary>Reads runs with what their workers recorded, both tables in one call.</summary>
/// <param name="runsTable">Name of the Runs table.</param>
/// <param name="resultsTable">Name of the Results table.</param>
internal sealed class RunBatches(IAmazonDynamoDB dynamo, string runsTable, string resultsTable, TimeProvider clock)
{
    /// <summary>
    /// BatchGetItem takes 100 keys, and a run has two.
    /// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
    /// </summary>
    private const int RunsPerCall = 50;

    /// <summary>Calls of one read under way at once.</summary>
    private const int Parallelism = 4;

    /// <param name="consistent">Whether the read sees every write before it, at twice the price.</param>
    public async Task<RunReadings> ReadAsync(
        IReadOnlyCollection<RunId> ids, bool consistent, CancellationToken cancellation)
    {
        var found = new List<RunReading>();
        var unreadable = new List<(RunId, Exception)>();
        foreach (var several in ids.Distinct().Chunk(RunsPerCall).Chunk(Parallelism))
        {
            foreach (var items in await Task.WhenAll(
                several.Select(chunk => ReadChunkAsync(chunk, consistent, cancellation))))
            {
                foreach (var (id, run, worker) in items) Add(id, run, worker);
            }
        }

        return new RunReadings(found, unreadable);

        void Add(RunId id, Dictionary<string, AttributeValue> run, Dictionary<string, AttributeValue>? worker)
        {
            try
            {
                found.Add(new RunReading(RunItems.Read(run), worker is null ? null : WorkerItems.Read(worker)));
            }
#pragma warning disable CA1031 // Whatever is wrong with an item, it is that item's alone.
            catch (Exception e)
#pragma warning restore CA1031
            {
                unreadable.Add((id, e));
            }
        }
    }

    private async Task<IEnumerable<(
        RunId Id, Dictionary<string, AttributeValue> Run, Dictionary<string, AttributeValue>? Worker)>> ReadChunkAsync(
        RunId[] ids, bool consistent, CancellationToken cancellation)
    {
        var wanted = new Dictionary<string, KeysAndAttributes>
        {
            [runsTable] = new()
            {
                Keys = [.. ids.Select(id => Items.Key(id.ToString(), Tables.RunItem))],
                ConsistentRead = consistent,
            },
            [resultsTable] = new()
            {
                Keys = [.. ids.Select(id => Items.Key(id.ToString(), Tables.WorkerItem))],
                ConsistentRead = consistent,
            },
        };
        var items = new Dictionary<string, Dictionary<string, Dictionary<string, AttributeValue>>>
        {
            [runsTable] = [],
            [resultsTable] = [],
        };
        for (var tries = 1; wanted is { Count: > 0 }; tries++)
        {
            // What was not processed is unknown, not absent: asked for again, and not faster than a throttled table can
            // bear.
            if (tries > 1) await Task.Delay(Backoff(tries), clock, cancellation);
            var answer = await dynamo.BatchGetItemAsync(
                new BatchGetItemRequest { RequestItems = wanted }, cancellation);
            foreach (var (table, page) in answer.Responses ?? [])
            {
                foreach (var item in page) items[table][Items.TextOf(item, Tables.PartitionKey)!] = item;
            }

            wanted = answer.UnprocessedKeys;
        }

        return
            from id in ids
            let run = items[runsTable].GetValueOrDefault(id.ToString())
            where run is not null
            select (id, run, items[resultsTable].GetValueOrDefault(id.ToString()));
    }

    /// <summary>50 ms, doubled for each further try, up to 2 s.</summary>
    private static TimeSpan Backoff(int tries) =>
        TimeSpan.FromMilliseconds(Math.Min(2_000, 50 << Math.Min(tries - 2, 6)));
}
