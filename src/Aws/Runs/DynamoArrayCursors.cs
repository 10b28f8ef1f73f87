using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Jobs.Core;
using Jobs.Core.Children;
using Jobs.Core.Ids;

namespace Jobs.Aws.Runs;

/// <summary>
/// Arrays' cursors in the Runs table, beside their runs: one item for the cursor, one for each noted line.
/// </summary>
/// <param name="table">Name of the Runs table.</param>
public sealed class DynamoArrayCursors(IAmazonDynamoDB dynamo, string table, TimeProvider clock) : IArrayCursors
{
    private const string CursorItem = "cursor";
    private const string LinePrefix = "line#";
    private const string Begun = "begun";
    private const string Epoch = "epoch";
    private const string SeenBegun = "seenBegun";
    private const string SeenAt = "seenAt";
    private const string Offset = "offset";

    /// <summary>So many attributes keep the item below 1 KB.</summary>
    private const int Claimers = 40;

    public async Task<ArrayCursor?> ReadAsync(RunId array, bool isExact, CancellationToken cancellation)
    {
        var request = new GetItemRequest { TableName = table, Key = CursorKey(array), ConsistentRead = isExact };
        return (await dynamo.GetItemAsync(request, cancellation)).Item is { Count: > 0 } item
            ? new ArrayCursor(Integer(item, Begun), Integer(item, Epoch), Integer(item, SeenBegun),
                Items.InstantOf(item, SeenAt))
            : null;
    }

    /// <summary>
    /// Additions do not contend, but one whose answer was lost must not be made again when the client repeats it: who
    /// claimed last is kept, of each
    /// fortieth of the endings, and gone with the epoch.
    /// </summary>
    public Task<int?> ClaimAsync(RunId array, ArrayClaim claim, int count, CancellationToken cancellation) =>
        ClaimAsync(
        array,
        $"ADD #{Begun} :children SET #claimer = :claimer",
        $"#{Epoch} = :epoch AND #{Begun} <= :most AND (attribute_not_exists(#claimer) OR #claimer <> :claimer)",
        new()
        {
            [":children"] = Items.Number(claim.Children),
            [":epoch"] = Items.Number(claim.Epoch),
            [":most"] = Items.Number(count - claim.Children),
            [":claimer"] = Items.Text(Invariant($"{claim.Ending}.{claim.Step}")),
        },
        new()
        {
            [$"#{Begun}"] = Begun,
            [$"#{Epoch}"] = Epoch,
            ["#claimer"] = claim.Ending is { } ending ? Invariant($"c{ending % Claimers}") : "look",
        },
        cancellation);

    public Task<int?> ClaimRestAsync(RunId array, int count, CancellationToken cancellation) => ClaimAsync(
        array, $"SET #{Begun} = :count", $"#{Begun} < :count", new() { [":count"] = Items.Number(count) },
            new() { [$"#{Begun}"] = Begun }, cancellation);

    public async Task<bool> ReplaceAsync(RunId array, ArrayCursor before, ArrayCursor after,
        CancellationToken cancellation)
    {
        var item = CursorKey(array);
        item[Begun] = Items.Number(after.Begun);
        item[Epoch] = Items.Number(after.Epoch);
        item[SeenBegun] = Items.Number(after.SeenBegun);
        if (after.SeenAt is { } at) item[SeenAt] = Items.Instant(at);
        item[Tables.ExpiresAt] = Expiry();
        if (before.Epoch == 0) return await dynamo.TryCreateAsync(table, item, cancellation);
        var request = new PutItemRequest
        {
            TableName = table,
            Item = item,
            ConditionExpression = $"#{Epoch} = :epoch AND #{Begun} = :begun",
            ExpressionAttributeNames = new() { [$"#{Begun}"] = Begun, [$"#{Epoch}"] = Epoch },
            ExpressionAttributeValues = new()
            {
                [":epoch"] = Items.Number(before.Epoch),
                [":begun"] = Items.Number(before.Begun)
            },
        };
        return await dynamo.TryPutAsync(request, cancellation);
    }

    public async Task<long?> OffsetAsync(RunId array, int index, CancellationToken cancellation)
    {
        // Where a line begins never changes, so that an old answer is right as well.
        var answer = await dynamo.GetItemAsync(new GetItemRequest { TableName = table, Key = LineKey(array, index) },
            cancellation);
        return (long?)Items.NumberOf(answer.Item ?? [], Offset);
    }

    public Task NoteOffsetAsync(RunId array, int index, long offset, CancellationToken cancellation)
    {
        var item = LineKey(array, index);
        item[Offset] = Items.Number(offset);
        item[Tables.ExpiresAt] = Expiry();
        return dynamo.PutItemAsync(new PutItemRequest { TableName = table, Item = item }, cancellation);
    }

    /// <returns>How many had begun before; null when the condition does not hold.</returns>
    private async Task<int?> ClaimAsync(
        RunId array, string update, string condition, Dictionary<string, AttributeValue> values,
            Dictionary<string, string> names, CancellationToken cancellation)
    {
        var request = new UpdateItemRequest
        {
            TableName = table,
            Key = CursorKey(array),
            UpdateExpression = update,
            ConditionExpression = condition,
            ExpressionAttributeNames = names,
            ExpressionAttributeValues = values,
            ReturnValues = ReturnValue.UPDATED_OLD,
        };
        return await dynamo.TryUpdateAsync(request, cancellation) is { } before ? Integer(before, Begun) : null;
    }

    private static int Integer(Dictionary<string, AttributeValue> item, string name) =>
        (int)(Items.NumberOf(item, name) ?? 0);

    private static Dictionary<string, AttributeValue> CursorKey(RunId array) => Items.Key(array.ToString(), CursorItem);

    private static Dictionary<string, AttributeValue> LineKey(RunId array, int index) =>
        Items.Key(array.ToString(), string.Create(CultureInfo.InvariantCulture, $"{LinePrefix}{index:D6}"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private AttributeValue Expiry() => Items.Expiry(clock.GetUtcNow() + Items.PartRetention);
}
