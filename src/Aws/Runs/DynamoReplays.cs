using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Jobs.Core;
using Jobs.Core.Replays;

namespace Jobs.Aws.Runs;

/// <summary>
/// Replays in a partition of their own in the Runs table. They expire, so that one query finds those under way.
/// </summary>
/// <param name="table">Name of the Runs table.</param>
public sealed class DynamoReplays(IAmazonDynamoDB dynamo, string table) : IReplays
{
    private const string Source = "source";
    private const string PerMinute = "perMinute";
    private const string Force = "force";
    private const string Position = "position";
    private const string Over = "over";
    private const string NextAt = "nextAt";
    private const string Started = "started";
    private const string Sent = "sent";
    private const string Skipped = "skipped";
    private const string Failed = "failed";
    private const string Tries = "tries";
    private const string Error = "error";
    private const string GivenUp = "givenUp";
    private const string Cancelled = "cancelled";

    private static readonly HashSet<string> Known =
    [
        Tables.PartitionKey, Tables.SortKey, Items.Format, Items.Version, Source, PerMinute, Force, Position, Over,
        NextAt, Started, Sent, Skipped, Failed,
        Tries, Error, GivenUp, Cancelled, Tables.CreatedAt, Tables.ExpiresAt,
    ];

    public Task<bool> CreateAsync(Replay replay, CancellationToken cancellation) =>
        dynamo.TryCreateAsync(table, Write(replay), cancellation);

    public Task<bool> SaveAsync(Replay replay, CancellationToken cancellation) =>
        dynamo.TrySaveAsync(table, Write(replay), cancellation);

    public async Task<Replay?> ReadAsync(string id, CancellationToken cancellation) =>
        await dynamo.ReadAsync(table, Items.Key(Tables.ReplaysPartition, id), cancellation) is { } item
            ? Read(item)
            : null;

    public async Task<IReadOnlyList<Replay>> ActiveAsync(CancellationToken cancellation)
    {
        var request = new QueryRequest
        {
            TableName = table,
            ConsistentRead = true,
            KeyConditionExpression = $"{Tables.PartitionKey} = :replays",
            FilterExpression = "#over = :no",
            ExpressionAttributeNames = new() { ["#over"] = Over },
            ExpressionAttributeValues = new()
            {
                [":replays"] = Items.Text(Tables.ReplaysPartition),
                [":no"] = new AttributeValue { BOOL = false },
            },
        };
        return [.. (await dynamo.FindAsync(request, cancellation)).Select(Read)];
    }

    private static Dictionary<string, AttributeValue> Write(Replay replay)
    {
        var item = Items.Key(Tables.ReplaysPartition, replay.Id);
        Items.Carry(item, replay.Carried);
        item[Source] = Items.Text(replay.SourceJson);
        item[PerMinute] = Items.Number(replay.PerMinute);
        item[Force] = new AttributeValue { BOOL = replay.Force };
        item[Items.Version] = Items.Number(replay.Version);
        item[Over] = new AttributeValue { BOOL = replay.IsOver };
        item[Started] = Items.Number(replay.Started);
        item[Sent] = Items.Number(replay.Sent);
        item[Skipped] = Items.Number(replay.Skipped);
        item[Failed] = Items.Number(replay.Failed);
        item[Tries] = Items.Number(replay.Tries);
        item[GivenUp] = new AttributeValue { BOOL = replay.IsGivenUp };
        item[Cancelled] = new AttributeValue { BOOL = replay.IsCancelled };
        item[Tables.CreatedAt] = Items.Instant(replay.CreatedAt);
        item[NextAt] = Items.Instant(replay.NextAt);
        item[Tables.ExpiresAt] = Items.Expiry(replay.NextAt + Items.Retention);
        if (replay.Position is { } position) item[Position] = Items.Text(position);
        if (replay.Error is { } error) item[Error] = Items.Text(error);
        return item;
    }

    private static Replay Read(Dictionary<string, AttributeValue> item) => new(
        Items.TextOf(item, Tables.SortKey)!,
        Items.TextOf(item, Source)!,
        (int)Items.NumberOf(item, PerMinute)!.Value,
        item[Force].BOOL ?? false,
        Items.InstantOf(item, Tables.CreatedAt)!.Value)
    {
        Carried = Items.CarriedOf(item, Known),
        Version = VersionedItems.VersionOf(item),
        IsOver = item[Over].BOOL ?? false,
        Started = (int)Items.NumberOf(item, Started)!.Value,
        Sent = (int)(Items.NumberOf(item, Sent) ?? 0),
        Skipped = (int)Items.NumberOf(item, Skipped)!.Value,
        Failed = (int)Items.NumberOf(item, Failed)!.Value,
        Tries = (int)Items.NumberOf(item, Tries)!.Value,
        IsGivenUp = item[GivenUp].BOOL ?? false,
        IsCancelled = item.GetValueOrDefault(Cancelled)?.BOOL ?? false,
        Error = Items.TextOf(item, Error),
        NextAt = Items.InstantOf(item, NextAt)!.Value,
        Position = Items.TextOf(item, Position),
    };
}
