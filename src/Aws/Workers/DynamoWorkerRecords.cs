using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Jobs.Aws.Layout;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Workers;

namespace Jobs.Aws.Workers;

/// <summary>Worker records in the Results table. Every write is one UpdateItem on the run's own item.</summary>
/// <param name="table">Name of the Results table.</param>
public sealed class DynamoWorkerRecords(IAmazonDynamoDB dynamo, string table) : IWorkerRecords
{
    public Task<bool> ClaimAsync(LaunchId launch, string taskArn, DateTimeOffset at, CancellationToken cancellation)
    {
        var update = new ItemUpdate()
            .Set(WorkerItems.Launch, Items.Number(launch.Number))
            .Set(WorkerItems.Task, new AttributeValue { S = taskArn })
            .Set(WorkerItems.ClaimedAt, Items.Instant(at))
            .Set(Tables.ExpiresAt, Items.Expiry(at + Items.PartRetention))
            .Remove(WorkerItems.Leftovers);
        update.Name(WorkerItems.Closed);
        return TryAsync(
            launch, update,
            $"({IsOpen}) AND (attribute_not_exists(#launch) OR #launch < :launch OR (#launch = :launch AND #task = " +
            ":task))", cancellation);
    }

    public Task<bool> HeartbeatAsync(
        LaunchId launch, DateTimeOffset at, WorkerProgress? progress, CancellationToken cancellation)
    {
        var update = new ItemUpdate().Set(WorkerItems.HeartbeatAt, Items.Instant(at));
        if (progress is not null) update.Set(WorkerItems.Progress, WorkerItems.Write(progress));
        return TryAsync(launch, update, StillOurs(update, launch), cancellation);
    }

    public Task<bool> SaveCheckpointAsync(LaunchId launch, string json, CancellationToken cancellation)
    {
        var update = new ItemUpdate().Set(WorkerItems.Checkpoint, Items.Text(json));
        return TryAsync(launch, update, StillOurs(update, launch), cancellation);
    }

    public async Task<string?> ReadCheckpointAsync(RunId run, CancellationToken cancellation)
    {
        var answer = await dynamo.GetItemAsync(
            new GetItemRequest
            {
                TableName = table,
                Key = Items.Key(run.ToString(), Tables.WorkerItem),
                ProjectionExpression = WorkerItems.Checkpoint,
                ConsistentRead = true,
            },
            cancellation);
        return answer.Item is { } item ? Items.TextOf(item, WorkerItems.Checkpoint) : null;
    }

    public Task<bool> CompleteAsync(
        LaunchId launch, DateTimeOffset at, WorkerOutcome outcome, CancellationToken cancellation)
    {
        var update = new ItemUpdate()
            .Set(WorkerItems.CompletedAt, Items.Instant(at))
            .Set(WorkerItems.ExitCode, Items.Number(outcome.ExitCode));
        if (new LongTexts { Stack = outcome.Error?.Stack, Log = outcome.LogTail }.Pack() is { } packed)
        {
            update.Set(LongTexts.Attribute, packed);
        }

        if (outcome.HasResult) update.Remove([WorkerItems.Checkpoint]);
        if (outcome.ResultJson is { } json) update.Set(WorkerItems.Result, new AttributeValue { S = json });
        if (outcome.ResultKey is { } key) update.Set(WorkerItems.ResultKey, new AttributeValue { S = key });
        if (outcome.Error is { } error) update.Set(WorkerItems.Error, WorkerItems.Write(error));
        if (outcome.Children is { } children) update.Set(WorkerItems.Children, Items.Number(children));
        if (outcome.Labels.Count > 0) update.Set(WorkerItems.Labels, new AttributeValue { SS = [.. outcome.Labels] });
        return TryAsync(launch, update, StillOurs(update, launch), cancellation);
    }

    /// <summary>The functions close a launch when its task has ended, before they judge what it recorded.</summary>
    private const string IsOpen =
        $"attribute_not_exists(#{WorkerItems.Closed}) OR #{WorkerItems.Closed} < :{WorkerItems.Launch}";

    /// <summary>One task only can have claimed a launch, so the launch says whose the record is.</summary>
    private static string StillOurs(ItemUpdate update, LaunchId launch)
    {
        update.Value(WorkerItems.Launch, Items.Number(launch.Number)).Name(WorkerItems.Closed);
        return $"#launch = :launch AND ({IsOpen})";
    }

    private async Task<bool> TryAsync(
        LaunchId launch, ItemUpdate update, string condition, CancellationToken cancellation)
    {
        var request = update.ToRequest(table, launch.Run.ToString(), Tables.WorkerItem);
        request.ConditionExpression = condition;
        return await dynamo.TryUpdateAsync(request, cancellation) is not null;
    }
}
