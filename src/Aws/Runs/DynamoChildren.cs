using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Jobs.Core;
using Jobs.Core.Children;
using Jobs.Core.Ids;
using Jobs.Core.Verdicts;

namespace Jobs.Aws.Runs;

/// <summary>
/// Children in the Runs table, under their parent. The item of a <see cref="ChildBlock"/> has three sets of numbers,
/// which grow by atomic additions and stay below 1 KB: a note is one write unit, and two at once do not conflict.
/// </summary>
/// <param name="table">Name of the Runs table.</param>
public sealed class DynamoChildren(IAmazonDynamoDB dynamo, string table, TimeProvider clock) : IChildren
{
    private const string ChildPrefix = "child#";
    private const string BlockPrefix = "endings#";
    private const string Begun = "begun";
    private const string Succeeded = "succeeded";
    private const string Failed = "failed";
    private const string Child = "child";
    private const string Fingerprint = "fingerprint";
    private const string RegisteredAt = "registeredAt";
    private const string State = "state";
    private const string Error = "error";

    /// <summary>Longest error kept of a child.</summary>
    private const int MaxError = 500;

    public async Task<ChildRun> RegisterAsync(RunId parent, ChildRun child, CancellationToken cancellation)
    {
        var answer = await dynamo.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = table,
                Key = ChildKey(parent, child.Index),
                // A repetition changes nothing, and its answer is what was noted first.
                UpdateExpression = $"SET {Child} = if_not_exists({Child}, :child), {Fingerprint} = " +
                    $"if_not_exists({Fingerprint}, :fingerprint), " +
                    $"{RegisteredAt} = if_not_exists({RegisteredAt}, :at), {Tables.ExpiresAt} = :expiry",
                ExpressionAttributeValues = new()
                {
                    [":child"] = Items.Text(child.Run.ToString()),
                    [":fingerprint"] = Items.Text(child.Fingerprint!),
                    [":at"] = Items.Instant(child.RegisteredAt!.Value),
                    [":expiry"] = Expiry(),
                },
                ReturnValues = ReturnValue.ALL_NEW,
            },
            cancellation);
        return Read(child.Index, answer.Attributes);
    }

    public async Task<EndingNote> NoteEndAsync(RunId parent, ChildRun child, CancellationToken cancellation)
    {
        // The reason first, so that a reader who finds the ending finds its reason.
        if (child.State != RunState.Succeeded) await NoteReasonAsync(parent, child, cancellation);
        var (mine, other) = child.State == RunState.Succeeded ? (Succeeded, Failed) : (Failed, Succeeded);
        var key = BlockKey(parent, ChildBlock.Of(child.Index));
        var update = Addition(key, mine, [child.Index]);
        update.ConditionExpression = "NOT contains(#other, :one)";
        update.ExpressionAttributeNames["#other"] = other;
        update.ExpressionAttributeValues[":one"] = Items.Number(child.Index % ChildBlock.Size);
        update.ReturnValues = ReturnValue.ALL_OLD;
        var before = await dynamo.TryUpdateAsync(update, cancellation);
        if (before is null)
        {
            var item = await dynamo.ReadAsync(table, key, cancellation) ?? [];
            return new EndingNote(false, ReadBlock(ChildBlock.Of(child.Index), item));
        }

        var block = ReadBlock(ChildBlock.Of(child.Index), before);
        var bit = ChildBlock.Bit(child.Index);
        var isNew = (block.Ended & bit) == 0;
        return new EndingNote(isNew, mine == Succeeded ? block with { Succeeded = block.Succeeded | bit }
            : block with { Failed = block.Failed | bit });
    }

    public Task NoteFailedAsync(RunId parent, IReadOnlyCollection<int> indexes, CancellationToken cancellation) =>
        AddAsync(parent, Failed, indexes, cancellation);

    public Task NoteBegunAsync(RunId parent, IReadOnlyCollection<int> indexes, CancellationToken cancellation) =>
        AddAsync(parent, Begun, indexes, cancellation);

    public async Task<ChildBlocks> BlocksAsync(RunId parent, CancellationToken cancellation)
    {
        var request = Query(parent, BlockPrefix, 0);
        var items = await dynamo.FindAsync(request, cancellation);
        return new ChildBlocks([.. items.Select(item => ReadBlock(NumberOf(item, BlockPrefix), item))]);
    }

    public async Task<IReadOnlyList<ChildRun>> ReadAsync(RunId parent, int from, int limit,
        CancellationToken cancellation)
    {
        var request = Query(parent, ChildPrefix, from);
        var children = new List<ChildRun>();
        do
        {
            request.Limit = limit - children.Count;
            var page = await dynamo.QueryAsync(request, cancellation);
            children.AddRange((page.Items ?? []).Select(item => Read(NumberOf(item, ChildPrefix), item)));
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (children.Count < limit && request.ExclusiveStartKey is { Count: > 0 });
        return children;
    }

    /// <summary>The first reason stays.</summary>
    private async Task NoteReasonAsync(RunId parent, ChildRun child, CancellationToken cancellation) =>
        await dynamo.TryUpdateAsync(
        new UpdateItemRequest
        {
            TableName = table,
            Key = ChildKey(parent, child.Index),
            UpdateExpression = $"SET {Child} = if_not_exists({Child}, :child), #state = :state, #error = :error, " +
                $"{Tables.ExpiresAt} = :expiry",
            ConditionExpression = "attribute_not_exists(#state)",
            ExpressionAttributeNames = new() { ["#state"] = State, ["#error"] = Error },
            ExpressionAttributeValues = new()
            {
                [":child"] = Items.Text(child.Run.ToString()),
                [":state"] = Items.Text(child.State.ToString()!),
                [":error"] = Items.Text(Excerpt.Of(child.Error ?? "", MaxError)),
                [":expiry"] = Expiry(),
            },
        },
        cancellation);

    private async Task AddAsync(RunId parent, string set, IReadOnlyCollection<int> indexes,
        CancellationToken cancellation)
    {
        foreach (var block in indexes.GroupBy(ChildBlock.Of))
        {
            await dynamo.UpdateItemAsync(Addition(BlockKey(parent, block.Key), set, [.. block]), cancellation);
        }
    }

    private UpdateItemRequest Addition(Dictionary<string, AttributeValue> key, string set,
        IReadOnlyCollection<int> indexes) => new()
        {
            TableName = table,
            Key = key,
            UpdateExpression = $"ADD #set :indexes SET {Tables.ExpiresAt} = :expiry",
            ExpressionAttributeNames = new() { ["#set"] = set },
            ExpressionAttributeValues = new()
            {
                [":indexes"] = new AttributeValue
                {
                    NS = [.. indexes.Select(index =>
                (index % ChildBlock.Size).ToString(CultureInfo.InvariantCulture))]
                },
                [":expiry"] = Expiry(),
            },
        };

    private QueryRequest Query(RunId parent, string prefix, int from) => new()
    {
        TableName = table,
        ConsistentRead = true,
        KeyConditionExpression = $"{Tables.PartitionKey} = :parent AND {Tables.SortKey} BETWEEN :from AND :to",
        ExpressionAttributeValues = new()
        {
            [":parent"] = Items.Text(parent.ToString()),
            [":from"] = Items.Text(SortKey(prefix, from)),
            // Behind every digit.
            [":to"] = Items.Text(prefix + "~"),
        },
    };

    private static ChildRun Read(int index, Dictionary<string, AttributeValue> item) =>
        new(index, RunId.Parse(Items.TextOf(item, Child)!))
        {
            Fingerprint = Items.TextOf(item, Fingerprint),
            RegisteredAt = Items.InstantOf(item, RegisteredAt),
            State = Items.TextOf(item, State) is { } state ? Enum.Parse<RunState>(state) : null,
            Error = Items.TextOf(item, Error) is { Length: > 0 } error ? error : null,
        };

    private static ChildBlock ReadBlock(int number, Dictionary<string, AttributeValue> item) =>
        new(number, Bits(item, Begun), Bits(item, Succeeded), Bits(item, Failed));

    private static UInt128 Bits(Dictionary<string, AttributeValue> item, string set) =>
        (item.GetValueOrDefault(set)?.NS ?? []).Aggregate(UInt128.Zero, (bits, index) =>
            bits | ChildBlock.Bit(int.Parse(index, CultureInfo.InvariantCulture)));

    private static int NumberOf(Dictionary<string, AttributeValue> item, string prefix) =>
        int.Parse(Items.TextOf(item, Tables.SortKey)!.AsSpan(prefix.Length), CultureInfo.InvariantCulture);

    private static Dictionary<string, AttributeValue> ChildKey(RunId parent, int index) =>
        Items.Key(parent.ToString(), SortKey(ChildPrefix, index));

    private static Dictionary<string, AttributeValue> BlockKey(RunId parent, int number) =>
        Items.Key(parent.ToString(), SortKey(BlockPrefix, number));

    /// <summary>Six digits, so that text order is the numbers' order.</summary>
    private static string SortKey(string prefix, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}{number:D6}");

    private AttributeValue Expiry() => Items.Expiry(clock.GetUtcNow() + Items.PartRetention);
}
