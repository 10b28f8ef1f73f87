using System.Collections.Immutable;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Jobs.Core;
using Jobs.Core.Backlog;

namespace Jobs.Aws.Runs;

/// <summary>
/// The runs that drain queues, in the Runs table: key <c>pk</c> = queues, <c>sk</c> = the job. No run id is like the
/// partition's: a worker's role cannot reach it.
/// </summary>
/// <param name="table">Name of the Runs table.</param>
public sealed class DynamoDrains(IAmazonDynamoDB dynamo, string table) : IDrains
{
    private const string Partition = "queues";
    private const string Generation = "generation";
    private const string Alive = "alive";
    private const string Failures = "failures";
    private const string NotBefore = "notBefore";

    private static readonly HashSet<string> Known =
        [Tables.PartitionKey, Tables.SortKey, Items.Format, Items.Version, Generation, Alive, Failures, NotBefore];

    public async Task<DrainState> ReadAsync(string job, CancellationToken cancellation) =>
        await dynamo.ReadAsync(table, Items.Key(Partition, job), cancellation) is { } item
            ? Read(job, item)
            : new DrainState(job);

    public Task<bool> SaveAsync(DrainState state, CancellationToken cancellation) =>
        dynamo.TrySaveAsync(table, Write(state), cancellation);

    private static Dictionary<string, AttributeValue> Write(DrainState state)
    {
        var item = Items.Key(Partition, state.Job);
        Items.Carry(item, state.Carried);
        item[Items.Version] = Items.Number(state.Version);
        item[Generation] = Items.Number(state.Generation);
        // A set cannot be empty.
        if (!state.Alive.IsEmpty)
        {
            item[Alive] = new AttributeValue { SS = [.. state.Alive.Select(drain => drain.ToString())] };
        }

        if (state.Failures > 0) item[Failures] = Items.Number(state.Failures);
        if (state.NotBefore is { } at) item[NotBefore] = Items.Instant(at);
        return item;
    }

    private static DrainState Read(string job, Dictionary<string, AttributeValue> item) => new(job)
    {
        Carried = Items.CarriedOf(item, Known),
        Version = VersionedItems.VersionOf(item),
        Generation = (long)Items.NumberOf(item, Generation)!.Value,
        Alive = (item.GetValueOrDefault(Alive)?.SS ?? [])
            .Select(Drain.Parse)
            .OrderBy(drain => drain.Generation)
            .ThenBy(drain => drain.Ordinal)
            .ToImmutableArray(),
        Failures = (int)(Items.NumberOf(item, Failures) ?? 0),
        NotBefore = Items.InstantOf(item, NotBefore),
    };
}
