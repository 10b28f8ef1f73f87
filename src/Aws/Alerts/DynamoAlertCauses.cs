using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Jobs.Core;
using Jobs.Core.Alerts;
using static Jobs.Aws.Alerts.AlertCauseItems;

namespace Jobs.Aws.Alerts;

/// <summary>Open causes in the Runs table. One update opens a cause or counts under it; one settles a stall.</summary>
/// <param name="table">Name of the Runs table.</param>
public sealed class DynamoAlertCauses(IAmazonDynamoDB dynamo, string table) : IAlertCauses
{
    // Nothing is written into an item of a format that is not known.
    private const string IsOpen = $"#{Format} = :{Format}";
    private const string IsUnknown = $"NOT contains(#{Members}, :name) AND NOT contains(#{SettledMembers}, :name)";
    private const string HasRoom = $"#{Remembered} < :max";

    public async Task<AlertCount?> CountAsync(
        AlertCauseKey key, AlertMember member, string alertId, DateTimeOffset now, CancellationToken cancellation)
    {
        while (true)
        {
            if (await OpenOrCountAsync(key, member, alertId, now, cancellation) is { } counted)
            {
                return new AlertCount(counted, IsFirst: counted.Count == 1);
            }

            // Read again instead of taking what the refusal returns: not every DynamoDB gives it.
            if (await FindAsync(key, cancellation) is not { } cause) continue;
            if (cause.IsClosing) return null;
            if (cause.Knows(member)) return new AlertCount(cause, IsFirst: false);
            if (!cause.IsFull) continue;
            if (await CountOnlyAsync(key, now, cancellation) is { } more) return new AlertCount(more, IsFirst: false);
        }
    }

    public async Task<AlertCause?> SettleAsync(
        AlertCauseKey key, AlertMember member, bool recovered, DateTimeOffset now, CancellationToken cancellation)
    {
        while (true)
        {
            if (await SettleCountedAsync(key, member, recovered, now, cancellation) is { } settled) return settled;
            if (await FindAsync(key, cancellation) is not { } cause) return null;
            if (cause.SettledMembers.Contains(member.Name)) return null;
            if (cause.Members.Contains(member.Name)) continue;
            if (cause.IsFull)
            {
                if (await SettleOnlyAsync(key, recovered, now, cancellation) is { } overfull) return overfull;
            }
            else if (await EntombAsync(key, member, cancellation))
            {
                return null;
            }
        }
    }

    public async Task<bool> ClaimAsync(
        AlertCause seen, AlertStep step, DateTimeOffset now, CancellationToken cancellation)
    {
        var closes = step == AlertStep.Over;
        var request = Request(seen.Key, $"SET #claimedAt = :now, #claims = :next{(closes ? ", #closing = :yes" : "")}");
        request.ConditionExpression =
            $"#claims = :seen AND #openedAt = :opened{(closes ? " AND #count = :count" : "")}";
        request.ExpressionAttributeNames = closes
            ? Names(ClaimedAt, Claims, OpenedAt, Closing, Count)
            : Names(ClaimedAt, Claims, OpenedAt);
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
        step == AlertStep.Over
            ? CloseAsync(claimed, cancellation)
            : MarkAsync(claimed, step == AlertStep.First ? FirstSent : StormSent, cancellation);

    public async Task<OpenCauses> OpenAsync(CancellationToken cancellation)
    {
        var request = new QueryRequest
        {
            TableName = table,
            ConsistentRead = true,
            KeyConditionExpression = $"{Tables.PartitionKey} = :alerts",
            ExpressionAttributeValues = new() { [":alerts"] = Items.Text(Partition) },
        };
        var (open, unreadable) = (new List<AlertCause>(), new List<string>());
        foreach (var item in await dynamo.FindAsync(request, cancellation)) Sort(item, open, unreadable);
        return new OpenCauses(open, unreadable);
    }

    /// <returns>Null when the cause is open and does not take it: it knows it, is full, or is closing.</returns>
    private Task<AlertCause?> OpenOrCountAsync(
        AlertCauseKey key, AlertMember member, string alertId, DateTimeOffset now, CancellationToken cancellation)
    {
        var first = new Dictionary<string, AttributeValue>
        {
            [OpenedAt] = Items.Instant(now),
            [FirstRun] = Items.Text(member.Run.Key),
            [AlertId] = Items.Text(alertId),
            [Claims] = Items.Number(1),
            [Format] = Items.Number(AlertCauseItems.Version),
        };
        var opening = string.Join(", ", first.Keys.Select(name => $"#{name} = if_not_exists(#{name}, :{name})"));
        var request = Request(key, $"SET #lastAt = :now, {opening} ADD #count :one, #remembered :one, #members :me");
        request.ConditionExpression =
            $"attribute_not_exists({Tables.PartitionKey}) OR " +
            $"({IsOpen} AND attribute_not_exists(#closing) AND {IsUnknown} AND {HasRoom})";
        request.ExpressionAttributeNames =
            Names([LastAt, Count, Remembered, Members, SettledMembers, Closing, .. first.Keys]);
        request.ExpressionAttributeValues = first.ToDictionary(pair => $":{pair.Key}", pair => pair.Value);
        request.ExpressionAttributeValues[":now"] = Items.Instant(now);
        request.ExpressionAttributeValues[":one"] = Items.Number(1);
        request.ExpressionAttributeValues[":me"] = Set(member);
        request.ExpressionAttributeValues[":name"] = Items.Text(member.Name);
        request.ExpressionAttributeValues[":max"] = Items.Number(AlertCause.MaxMembers);
        return TryUpdateAsync(request, cancellation);
    }

    private Task<AlertCause?> CountOnlyAsync(AlertCauseKey key, DateTimeOffset now, CancellationToken cancellation)
    {
        var request = Request(key, "SET #lastAt = :now ADD #count :one");
        request.ConditionExpression = $"{IsOpen} AND attribute_not_exists(#closing) AND NOT {HasRoom}";
        request.ExpressionAttributeNames = Names(LastAt, Count, Closing, Format, Remembered);
        request.ExpressionAttributeValues = Values(
            (":now", Items.Instant(now)), (":one", Items.Number(1)), (":max", Items.Number(AlertCause.MaxMembers)));
        return TryUpdateAsync(request, cancellation);
    }

    /// <returns>Null when it is not counted, is settled already, or the cause is not open.</returns>
    private Task<AlertCause?> SettleCountedAsync(
        AlertCauseKey key, AlertMember member, bool recovered, DateTimeOffset now, CancellationToken cancellation)
    {
        var request = Request(
            key,
            "DELETE #members :me ADD #settledMembers :me, #settled :one, #recovered :recovered SET #lastAt = :now");
        request.ConditionExpression = $"{IsOpen} AND contains(#members, :name)";
        request.ExpressionAttributeNames = Names(Members, SettledMembers, Settled, Recovered, LastAt, Format);
        request.ExpressionAttributeValues = Values(
            (":me", Set(member)),
            (":name", Items.Text(member.Name)),
            (":one", Items.Number(1)),
            (":recovered", Items.Number(recovered ? 1 : 0)),
            (":now", Items.Instant(now)));
        return TryUpdateAsync(request, cancellation);
    }

    /// <summary>Settles one of those that a full cause does not remember.</summary>
    private Task<AlertCause?> SettleOnlyAsync(
        AlertCauseKey key, bool recovered, DateTimeOffset now, CancellationToken cancellation)
    {
        var request = Request(key, "ADD #settled :one, #recovered :recovered SET #lastAt = :now");
        request.ConditionExpression = $"{IsOpen} AND NOT {HasRoom}";
        request.ExpressionAttributeNames = Names(Settled, Recovered, LastAt, Format, Remembered);
        request.ExpressionAttributeValues = Values(
            (":one", Items.Number(1)),
            (":recovered", Items.Number(recovered ? 1 : 0)),
            (":now", Items.Instant(now)),
            (":max", Items.Number(AlertCause.MaxMembers)));
        return TryUpdateAsync(request, cancellation);
    }

    /// <summary>Remembers as settled what has yet to be counted.</summary>
    private async Task<bool> EntombAsync(AlertCauseKey key, AlertMember member, CancellationToken cancellation)
    {
        var request = Request(key, "ADD #settledMembers :me, #remembered :one");
        request.ConditionExpression = $"{IsOpen} AND {IsUnknown} AND {HasRoom}";
        request.ExpressionAttributeNames = Names(Members, SettledMembers, Format, Remembered);
        request.ExpressionAttributeValues = Values(
            (":me", Set(member)),
            (":name", Items.Text(member.Name)),
            (":one", Items.Number(1)),
            (":max", Items.Number(AlertCause.MaxMembers)));
        return await TryUpdateAsync(request, cancellation) is not null;
    }

    private async Task<bool> MarkAsync(AlertCause claimed, string sent, CancellationToken cancellation)
    {
        var request = Request(claimed.Key, $"SET #{sent} = :yes REMOVE #claimedAt");
        (
            request.ConditionExpression,
            request.ExpressionAttributeNames,
            request.ExpressionAttributeValues) = StillClaimed(claimed);
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

    private static (
        string Condition,
        Dictionary<string, string> Names,
        Dictionary<string, AttributeValue> Values) StillClaimed(AlertCause claimed) => (
        "#claims = :mine AND #openedAt = :opened",
        Names(Claims, OpenedAt),
        new() { [":mine"] = Items.Number(claimed.Claims), [":opened"] = Items.Instant(claimed.OpenedAt) });

    private async Task<AlertCause?> FindAsync(AlertCauseKey key, CancellationToken cancellation) =>
        await dynamo.ReadAsync(table, KeyOf(key), cancellation) is { } item ? Read(item) : null;

    private async Task<AlertCause?> TryUpdateAsync(UpdateItemRequest request, CancellationToken cancellation) =>
        await dynamo.TryUpdateAsync(request, cancellation) is { } item ? Read(item) : null;

    private UpdateItemRequest Request(AlertCauseKey key, string update) =>
        new() { TableName = table, Key = KeyOf(key), UpdateExpression = update, ReturnValues = ReturnValue.ALL_NEW };

    private static void Sort(Dictionary<string, AttributeValue> item, List<AlertCause> open, List<string> unreadable)
    {
        try
        {
            open.Add(Read(item));
        }
        catch (FormatException e)
        {
            unreadable.Add(e.Message);
        }
    }

    private static AttributeValue Set(AlertMember member) => new() { SS = [member.Name] };

    /// <summary>The values, and the format that every condition asks for.</summary>
    private static Dictionary<string, AttributeValue> Values(
        params IEnumerable<(string Name, AttributeValue Value)> values) =>
        values.Append(($":{Format}", Items.Number(AlertCauseItems.Version))).ToDictionary();

    private static Dictionary<string, string> Names(params IEnumerable<string> attributes) =>
        attributes.ToDictionary(name => $"#{name}");
}
