using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Jobs.Core.Ports;
using Jobs.Core.Runs;

namespace Jobs.Aws.Runs;

/// <summary>Slots in the Runs table: one item per capped job with the set of its holders, and whether a launch was refused.</summary>
/// <param name="table">Name of the Runs table.</param>
public sealed class DynamoSlots(IAmazonDynamoDB dynamo, string table) : ISlots
{
    private const string Holders = "holders";
    private const string Waited = "waited";

    public async Task<bool> AcquireAsync(LaunchId launch, int cap, CancellationToken cancellation)
    {
        var request = Holding(launch, "ADD");
        request.ConditionExpression = "attribute_not_exists(#holders) OR contains(#holders, :me) OR size(#holders) < :cap";
        request.ExpressionAttributeValues[":me"] = Items.Text(Holder(launch));
        request.ExpressionAttributeValues[":cap"] = Items.Number(cap);
        if (await dynamo.TryUpdateAsync(request, cancellation) is not null) return true;
        await UpdateAsync(launch.Run.Job, "SET #waited = :yes", new() { [":yes"] = new AttributeValue { BOOL = true } }, cancellation);
        return false;
    }

    public async Task<bool> ReleaseAsync(LaunchId launch, CancellationToken cancellation)
    {
        var request = Holding(launch, "DELETE");
        request.ReturnValues = ReturnValue.ALL_NEW;
        var answer = await dynamo.UpdateItemAsync(request, cancellation);
        return answer.Attributes?.ContainsKey(Waited) ?? false;
    }

    public Task NobodyWaitsAsync(string job, CancellationToken cancellation) => UpdateAsync(job, "REMOVE #waited", null, cancellation);

    public async Task<IReadOnlyList<LaunchId>> HoldersAsync(string job, CancellationToken cancellation)
    {
        var answer = await dynamo.GetItemAsync(new GetItemRequest { TableName = table, Key = KeyOf(job), ConsistentRead = true }, cancellation);
        return [.. (answer.Item?.GetValueOrDefault(Holders)?.SS ?? []).Select(holder => LaunchId.TryParse($"{job}/{holder}", out var launch)
            ? launch
            : throw new FormatException($"'{holder}' holds a slot of {job} and is no launch."))];
    }

    private UpdateItemRequest Holding(LaunchId launch, string verb) => new()
    {
        TableName = table,
        Key = KeyOf(launch.Run.Job),
        UpdateExpression = $"{verb} #holders :holders",
        ExpressionAttributeNames = new() { ["#holders"] = Holders },
        ExpressionAttributeValues = new() { [":holders"] = new AttributeValue { SS = [Holder(launch)] } },
    };

    private Task<UpdateItemResponse> UpdateAsync(
        string job, string update, Dictionary<string, AttributeValue>? values, CancellationToken cancellation) => dynamo.UpdateItemAsync(
        new UpdateItemRequest
        {
            TableName = table,
            Key = KeyOf(job),
            UpdateExpression = update,
            ExpressionAttributeNames = new() { ["#waited"] = Waited },
            ExpressionAttributeValues = values,
        },
        cancellation);

    private static Dictionary<string, AttributeValue> KeyOf(string job) => Items.Key("slots", job);

    // Without the job's name, which is the item's key: 500 holders stay small.
    private static string Holder(LaunchId launch) => launch.ToString()[(launch.Run.Job.Length + 1)..];
}
