using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Jobs.Aws.Layout;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Scheduling;

namespace Jobs.Aws.Runs;

/// <summary>Schedules in the Runs table.</summary>
/// <param name="table">Name of the Runs table.</param>
public sealed class DynamoSchedules(IAmazonDynamoDB dynamo, string table) : ISchedules
{
    private const string MarkPartition = "watch";
    private const string At = "at";
    private const string Since = "since";

    public async Task<ScheduleState> ReadAsync(ScheduleKey key, CancellationToken cancellation) =>
        await dynamo.ReadAsync(table, ScheduleItems.KeyOf(key), cancellation) is { } item
            ? ScheduleItems.Read(item)
            : new ScheduleState(key);

    public async Task<IReadOnlyList<ScheduleState>> AllAsync(CancellationToken cancellation)
    {
        var request = new QueryRequest
        {
            TableName = table,
            ConsistentRead = true,
            KeyConditionExpression = $"{Tables.PartitionKey} = :schedules",
            ExpressionAttributeValues = new() { [":schedules"] = Items.Text(ScheduleItems.Partition) },
        };
        return [.. (await dynamo.FindAsync(request, cancellation)).Select(ScheduleItems.Read)];
    }

    public Task<bool> SaveAsync(ScheduleState state, CancellationToken cancellation) =>
        dynamo.TrySaveAsync(table, ScheduleItems.Write(state), cancellation);

    public Task ForgetAsync(ScheduleState state, CancellationToken cancellation) =>
        dynamo.TryDeleteAsync(table, ScheduleItems.KeyOf(state.Key), state.Version, cancellation);

    public async Task<ScheduleWatchMark?> ReadMarkAsync(CancellationToken cancellation) =>
        await dynamo.ReadAsync(table, Items.Key(MarkPartition, ScheduleItems.Partition), cancellation) is { } item
            ? new ScheduleWatchMark(Items.InstantOf(item, At)!.Value, Items.InstantOf(item, Since)!.Value)
            : null;

    public async Task WriteMarkAsync(ScheduleWatchMark mark, CancellationToken cancellation)
    {
        var item = Items.Key(MarkPartition, ScheduleItems.Partition);
        (item[At], item[Since]) = (Items.Instant(mark.At), Items.Instant(mark.Since));
        await dynamo.PutItemAsync(new PutItemRequest { TableName = table, Item = item }, cancellation);
    }
}
