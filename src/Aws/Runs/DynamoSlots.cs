using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Slots;

namespace Jobs.Aws.Runs;

/// <summary>
/// Slots in the Runs table: an item for each block, with the set of its holders, and whether a launch was refused.
/// </summary>
/// <param name="table">Name of the Runs table.</param>
public sealed class DynamoSlots(IAmazonDynamoDB dynamo, string table) : ISlots
{
    private const string Holders = "holders";
    private const string Awaited = "awaited";

    public async Task<bool> AcquireAsync(LaunchId launch, int block, int limit, CancellationToken cancellation)
    {
        var request = Holding(launch, block, "ADD");
        request.ConditionExpression = limit == 0
            ? "contains(#holders, :me)"
            : "attribute_not_exists(#holders) OR contains(#holders, :me) OR size(#holders) < :limit";
        request.ExpressionAttributeValues[":me"] = Items.Text(Holder(launch));
        if (limit > 0) request.ExpressionAttributeValues[":limit"] = Items.Number(limit);
        if (await dynamo.TryUpdateAsync(request, cancellation) is not null) return true;
        await UpdateAsync(
            launch.Run.Job,
            block,
            "SET #awaited = :yes",
            new() { [":yes"] = new AttributeValue { BOOL = true } },
            cancellation);
        return false;
    }

    public async Task<bool> ReleaseAsync(LaunchId launch, int block, CancellationToken cancellation)
    {
        var request = Holding(launch, block, "DELETE");
        request.ReturnValues = ReturnValue.ALL_NEW;
        var answer = await dynamo.UpdateItemAsync(request, cancellation);
        return answer.Attributes?.ContainsKey(Awaited) ?? false;
    }

    public Task NobodyWaitsAsync(string job, int block, CancellationToken cancellation) =>
        UpdateAsync(job, block, "REMOVE #awaited", null, cancellation);

    public Task<IReadOnlyList<SlotBlock>> ReadAsync(string job, CancellationToken cancellation) =>
        QueryAsync($"{job}#", cancellation);

    public Task<IReadOnlyList<SlotBlock>> ReadAllAsync(CancellationToken cancellation) =>
        QueryAsync(null, cancellation);

    private async Task<IReadOnlyList<SlotBlock>> QueryAsync(string? prefix, CancellationToken cancellation)
    {
        var request = new QueryRequest
        {
            TableName = table,
            ConsistentRead = true,
            KeyConditionExpression = $"{Tables.PartitionKey} = :slots" +
                (prefix is null ? "" : $" AND begins_with({Tables.SortKey}, :job)"),
            ExpressionAttributeValues = new() { [":slots"] = Items.Text(Tables.SlotsPartition) },
        };
        if (prefix is not null) request.ExpressionAttributeValues[":job"] = Items.Text(prefix);
        return [.. (await dynamo.FindAsync(request, cancellation)).Select(Read)];
    }

    private static SlotBlock Read(Dictionary<string, AttributeValue> item)
    {
        var (sort, parted) = (
            Items.TextOf(item, Tables.SortKey)!, Items.TextOf(item, Tables.SortKey)!.LastIndexOf('#'));
        var job = sort[..parted];
        var holders = item.GetValueOrDefault(Holders)?.SS ?? [];
        return new SlotBlock(
            job,
            int.Parse(sort.AsSpan(parted + 1), CultureInfo.InvariantCulture),
            [.. holders.Select(holder => LaunchId.TryParse($"{job}/{holder}", out var launch)
                ? launch : (LaunchId?)null).OfType<LaunchId>()],
            item.ContainsKey(Awaited));
    }

    private UpdateItemRequest Holding(LaunchId launch, int block, string verb) => new()
    {
        TableName = table,
        Key = KeyOf(launch.Run.Job, block),
        UpdateExpression = $"{verb} #holders :holders",
        ExpressionAttributeNames = new() { ["#holders"] = Holders },
        ExpressionAttributeValues = new() { [":holders"] = new AttributeValue { SS = [Holder(launch)] } },
    };

    private Task<UpdateItemResponse> UpdateAsync(
        string job, int block, string update, Dictionary<string, AttributeValue>? values,
            CancellationToken cancellation) => dynamo.UpdateItemAsync(
        new UpdateItemRequest
        {
            TableName = table,
            Key = KeyOf(job, block),
            UpdateExpression = update,
            ExpressionAttributeNames = new() { ["#awaited"] = Awaited },
            ExpressionAttributeValues = values,
        },
        cancellation);

    private static Dictionary<string, AttributeValue> KeyOf(string job, int block) =>
        Items.Key(Tables.SlotsPartition, string.Create(CultureInfo.InvariantCulture, $"{job}#{block:D3}"));

    // Without the job's name, which is in the key: a block of holders stays under a kilobyte.
    private static string Holder(LaunchId launch) => launch.ToString()[(launch.Run.Job.Length + 1)..];
}
