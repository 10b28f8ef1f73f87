using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Jobs.Core;
using Jobs.Core.Alerts;
using Jobs.Core.Ports;
using Jobs.Core.Runs;
using static Jobs.Aws.Alerts.AlertCauseItems;

namespace Jobs.Aws.Alerts;

/// <summary>Open causes in the Runs table. One update opens a cause or counts a run under it.</summary>
/// <param name="table">Name of the Runs table.</param>
public sealed class DynamoAlertCauses(IAmazonDynamoDB dynamo, string table) : IAlertCauses
{
    private const string IsOpen = $"attribute_exists({Tables.PartitionKey})";

    public async Task<AlertCount?> CountAsync(AlertCauseKey key, RunId run, string alertId, DateTimeOffset now, CancellationToken cancellation)
    {
        while (true)
        {
            if (await OpenOrCountAsync(key, run, alertId, now, cancellation) is { } counted) return new AlertCount(counted, IsFirst: counted.Count == 1);
            // Read again instead of taking what the refusal returns: not every DynamoDB gives it.
            if (await FindAsync(key, cancellation) is not { } cause) continue;
            if (cause.IsClosing) return null;
            if (cause.Runs.Contains(run.Key)) return new AlertCount(cause, IsFirst: false);
            if (cause.Runs.Count >= AlertCause.MaxRuns && await CountOnlyAsync(key, now, cancellation) is { } overfull) return new AlertCount(overfull, IsFirst: false);
        }
    }

    public async Task<AlertCause?> SettleAsync(AlertCauseKey key, RunId run, bool recovered, DateTimeOffset now, CancellationToken cancellation)
    {
        var request = Request(key, $"DELETE #runs :me ADD #settled :one, #recovered :recovered SET #lastAt = :now");
        request.ConditionExpression = $"{IsOpen} AND (contains(#runs, :key) OR #count > :max)";
        request.ExpressionAttributeNames = Names(AlertCauseItems.Runs, Settled, Recovered, LastAt, Count);
        request.ExpressionAttributeValues = new()
        {
            [":me"] = Set(run),
            [":key"] = Items.Text(run.Key),
            [":one"] = Items.Number(1),
            [":recovered"] = Items.Number(recovered ? 1 : 0),
            [":max"] = Items.Number(AlertCause.MaxRuns),
            [":now"] = Items.Instant(now),
        };
        return await TryUpdateAsync(request, cancellation);
    }

    public async Task<bool> ClaimAsync(AlertCause seen, AlertStep step, DateTimeOffset now, CancellationToken cancellation)
    {
        var closes = step == AlertStep.Over;
        var request = Request(seen.Key, $"SET #claimedAt = :now, #claims = :next{(closes ? ", #closing = :yes" : "")}");
        request.ConditionExpression = $"#claims = :seen AND #openedAt = :opened{(closes ? " AND #count = :count" : "")}";
        request.ExpressionAttributeNames = closes ? Names(ClaimedAt, Claims, OpenedAt, Closing, Count) : Names(ClaimedAt, Claims, OpenedAt);
        request.ExpressionAttributeValues = new()
        {
            [":now"] = Items.Instant(now),
            [":seen"] = Items.Number(seen.Claims),
            [":next"] = Items.Number(seen.Claims + 1),
            [":opened"] = Items.Instant(seen.OpenedAt),
        };
        if (closes)
        {
            request.ExpressionAttributeValues[":yes"] = new AttributeValue { BOOL = true };
            request.ExpressionAttributeValues[":count"] = Items.Number(seen.Count);
        }

        return await TryUpdateAsync(request, cancellation) is not null;
    }

    public Task<bool> NoteSentAsync(AlertCause claimed, AlertStep step, CancellationToken cancellation) =>
        step == AlertStep.Over ? CloseAsync(claimed, cancellation) : MarkAsync(claimed, step == AlertStep.First ? FirstSent : StormSent, cancellation);

    public async Task<IReadOnlyList<AlertCause>> OpenAsync(CancellationToken cancellation)
    {
        var request = new QueryRequest
        {
            TableName = table,
            ConsistentRead = true,
            KeyConditionExpression = $"{Tables.PartitionKey} = :alerts",
            ExpressionAttributeValues = new() { [":alerts"] = Items.Text(Partition) },
        };
        var open = new List<AlertCause>();
        do
        {
            var page = await dynamo.QueryAsync(request, cancellation);
            open.AddRange((page.Items ?? []).Select(Read));
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return open;
    }

    /// <returns>Null when the cause is open and does not take the run: it knows it, is full, or is closing.</returns>
    private Task<AlertCause?> OpenOrCountAsync(AlertCauseKey key, RunId run, string alertId, DateTimeOffset now, CancellationToken cancellation)
    {
        var first = new Dictionary<string, AttributeValue>
        {
            [OpenedAt] = Items.Instant(now),
            [FirstRun] = Items.Text(run.Key),
            [AlertId] = Items.Text(alertId),
            [Claims] = Items.Number(1),
        };
        var opening = string.Join(", ", first.Keys.Select(name => $"#{name} = if_not_exists(#{name}, :{name})"));
        var request = Request(key, $"SET #lastAt = :now, {opening} ADD #count :one, #runs :me");
        request.ConditionExpression =
            $"attribute_not_exists({Tables.PartitionKey}) OR (attribute_not_exists(#closing) AND NOT contains(#runs, :key) AND (attribute_not_exists(#runs) OR size(#runs) < :max))";
        request.ExpressionAttributeNames = Names([LastAt, Count, AlertCauseItems.Runs, Closing, .. first.Keys]);
        request.ExpressionAttributeValues = first.ToDictionary(pair => $":{pair.Key}", pair => pair.Value);
        request.ExpressionAttributeValues[":now"] = Items.Instant(now);
        request.ExpressionAttributeValues[":one"] = Items.Number(1);
        request.ExpressionAttributeValues[":me"] = Set(run);
        request.ExpressionAttributeValues[":key"] = Items.Text(run.Key);
        request.ExpressionAttributeValues[":max"] = Items.Number(AlertCause.MaxRuns);
        return TryUpdateAsync(request, cancellation);
    }

    private Task<AlertCause?> CountOnlyAsync(AlertCauseKey key, DateTimeOffset now, CancellationToken cancellation)
    {
        var request = Request(key, "SET #lastAt = :now ADD #count :one");
        request.ConditionExpression = $"{IsOpen} AND attribute_not_exists(#closing)";
        request.ExpressionAttributeNames = Names(LastAt, Count, Closing);
        request.ExpressionAttributeValues = new() { [":now"] = Items.Instant(now), [":one"] = Items.Number(1) };
        return TryUpdateAsync(request, cancellation);
    }

    private async Task<bool> MarkAsync(AlertCause claimed, string sent, CancellationToken cancellation)
    {
        var request = Request(claimed.Key, $"SET #{sent} = :yes REMOVE #claimedAt");
        (request.ConditionExpression, request.ExpressionAttributeNames, request.ExpressionAttributeValues) = StillClaimed(claimed);
        request.ExpressionAttributeNames[$"#{sent}"] = sent;
        request.ExpressionAttributeNames[$"#{ClaimedAt}"] = ClaimedAt;
        request.ExpressionAttributeValues[":yes"] = new AttributeValue { BOOL = true };
        return await TryUpdateAsync(request, cancellation) is not null;
    }

    private Task<bool> CloseAsync(AlertCause claimed, CancellationToken cancellation)
    {
        var (condition, names, values) = StillClaimed(claimed);
        return dynamo.TryDeleteAsync(
            new DeleteItemRequest
            {
                TableName = table,
                Key = KeyOf(claimed.Key),
                ConditionExpression = condition,
                ExpressionAttributeNames = names,
                ExpressionAttributeValues = values,
            },
            cancellation);
    }

    private static (string Condition, Dictionary<string, string> Names, Dictionary<string, AttributeValue> Values) StillClaimed(AlertCause claimed) => (
        "#claims = :mine AND #openedAt = :opened",
        Names(Claims, OpenedAt),
        new() { [":mine"] = Items.Number(claimed.Claims), [":opened"] = Items.Instant(claimed.OpenedAt) });

    private async Task<AlertCause?> FindAsync(AlertCauseKey key, CancellationToken cancellation)
    {
        var answer = await dynamo.GetItemAsync(new GetItemRequest { TableName = table, Key = KeyOf(key), ConsistentRead = true }, cancellation);
        return answer.Item is { Count: > 0 } item ? Read(item) : null;
    }

    private async Task<AlertCause?> TryUpdateAsync(UpdateItemRequest request, CancellationToken cancellation) =>
        await dynamo.TryUpdateAsync(request, cancellation) is { } item ? Read(item) : null;

    private UpdateItemRequest Request(AlertCauseKey key, string update) =>
        new() { TableName = table, Key = KeyOf(key), UpdateExpression = update, ReturnValues = ReturnValue.ALL_NEW };

    private static AttributeValue Set(RunId run) => new() { SS = [run.Key] };

    private static Dictionary<string, string> Names(params IEnumerable<string> attributes) => attributes.ToDictionary(name => $"#{name}");
}
