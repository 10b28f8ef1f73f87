using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Jobs.Core.Ports;
using Jobs.Core.Runs;

namespace Jobs.Aws.Runs;

/// <summary>
/// The CPU budget: one item of the Runs table with what is used, an attribute for each holder's share, and the jobs that were refused.
/// The attributes lie side by side, not in a map, so that the first share needs no item to be there.
/// </summary>
/// <param name="table">Name of the Runs table.</param>
/// <param name="limit">CPU units that may be in use at once, 1,024 to the vCPU.</param>
public sealed class DynamoVcpuBudget(IAmazonDynamoDB dynamo, string table, int limit) : IVcpuBudget
{
    private const string Used = "used";
    private const string Waited = "waited";

    public async Task<bool> AcquireAsync(LaunchId launch, int cpu, CancellationToken cancellation)
    {
        var taken = await UpdateAsync(
            "SET #used = if_not_exists(#used, :none) + :share, #me = :share",
            "attribute_not_exists(#me) AND (attribute_not_exists(#used) OR #used <= :room)",
            new() { ["#used"] = Used, ["#me"] = launch.ToString() },
            new() { [":none"] = Items.Number(0), [":share"] = Items.Number(cpu), [":room"] = Items.Number(VcpuUse.RoomFor(limit, cpu)) },
            cancellation);
        // The condition failed for one of two reasons. A launch that is sent again has its share.
        if (taken is not null || (await ItemAsync(cancellation)).ContainsKey(launch.ToString())) return true;
        await UpdateAsync("ADD #waited :job", null, new() { ["#waited"] = Waited }, JobSet(launch.Run.Job), cancellation);
        return false;
    }

    public async Task<IReadOnlyCollection<string>> ReleaseAsync(LaunchId launch, CancellationToken cancellation)
    {
        var left = await UpdateAsync(
            "SET #used = #used - #me REMOVE #me",
            "attribute_exists(#me)",
            new() { ["#used"] = Used, ["#me"] = launch.ToString() },
            null,
            cancellation);
        return left?.GetValueOrDefault(Waited)?.SS ?? [];
    }

    public Task NobodyWaitsAsync(string job, CancellationToken cancellation) =>
        UpdateAsync("DELETE #waited :job", null, new() { ["#waited"] = Waited }, JobSet(job), cancellation);

    public async Task<VcpuUse> ReadAsync(CancellationToken cancellation)
    {
        var item = await ItemAsync(cancellation);
        return new VcpuUse(
            limit,
            (int)(Items.NumberOf(item, Used) ?? 0),
            [.. item.Keys.Where(name => LaunchId.TryParse(name, out _)).Select(name => LaunchId.TryParse(name, out var launch) ? launch : default)]);
    }

    private async Task<Dictionary<string, AttributeValue>> ItemAsync(CancellationToken cancellation) =>
        (await dynamo.GetItemAsync(new GetItemRequest { TableName = table, Key = Key(), ConsistentRead = true }, cancellation)).Item ?? [];

    /// <returns>The item as it then is; null when the condition does not hold.</returns>
    private Task<Dictionary<string, AttributeValue>?> UpdateAsync(
        string update, string? condition, Dictionary<string, string> names, Dictionary<string, AttributeValue>? values, CancellationToken cancellation) =>
        dynamo.TryUpdateAsync(
            new UpdateItemRequest
            {
                TableName = table,
                Key = Key(),
                UpdateExpression = update,
                ConditionExpression = condition,
                ExpressionAttributeNames = names,
                ExpressionAttributeValues = values,
                ReturnValues = ReturnValue.ALL_NEW,
            },
            cancellation);

    private static Dictionary<string, AttributeValue> JobSet(string job) => new() { [":job"] = new AttributeValue { SS = [job] } };

    private static Dictionary<string, AttributeValue> Key() => Items.Key("budget", "vcpu");
}
