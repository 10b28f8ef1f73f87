using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Jobs.Aws.Workers;
using Jobs.Core;
using Jobs.Core.Ports;
using Jobs.Core.Runs;

namespace Jobs.Aws.Runs;

/// <summary>Children in the Runs table, under their parent: an item for each, and one that counts endings.</summary>
/// <param name="table">Name of the Runs table.</param>
public sealed class DynamoChildren(IAmazonDynamoDB dynamo, string table, TimeProvider clock) : IChildren
{
    private const string SortPrefix = "child#";
    private const string EndingsItem = "endings";
    private const string Endings = "endings";
    private const string Repeated = "repeated";
    private const string Child = "child";
    private const string State = "state";
    private const string Error = "error";

    public Task RegisterAsync(RunId parent, ChildRun child, CancellationToken cancellation) => TryAsync(
        new ItemUpdate().Set(Child, Items.Text(child.Run.ToString())).Set(Tables.ExpiresAt, Expiry()), parent, child, $"attribute_not_exists(#{Child})", cancellation);

    public async Task<EndingCount> NoteEndAsync(RunId parent, ChildRun child, CancellationToken cancellation)
    {
        var update = new ItemUpdate().Set(Child, Items.Text(child.Run.ToString())).Set(State, Items.Text(child.State.ToString()!)).Set(Tables.ExpiresAt, Expiry());
        if (child.Error is { } error) update.Set(Error, Items.Text(Excerpt.Of(error, 500)));
        var isNew = await TryAsync(update, parent, child, $"attribute_not_exists(#{State})", cancellation);
        // After the ending, and at each repetition: it may count too many, never too few.
        var answer = await dynamo.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = table,
                Key = Items.Key(parent.ToString(), EndingsItem),
                UpdateExpression = $"ADD {Endings} :one, {Repeated} :repeated SET {Tables.ExpiresAt} = :expiry",
                ExpressionAttributeValues = new() { [":one"] = Items.Number(1), [":repeated"] = Items.Number(isNew ? 0 : 1), [":expiry"] = Expiry() },
                ReturnValues = ReturnValue.UPDATED_NEW,
            },
            cancellation);
        return new EndingCount((int)Items.NumberOf(answer.Attributes, Endings)!.Value, Items.NumberOf(answer.Attributes, Repeated) == 0);
    }

    public async Task<IReadOnlyList<ChildRun>> ReadAsync(RunId parent, CancellationToken cancellation)
    {
        var request = new QueryRequest
        {
            TableName = table,
            ConsistentRead = true,
            KeyConditionExpression = $"{Tables.PartitionKey} = :parent AND begins_with({Tables.SortKey}, :child)",
            ExpressionAttributeValues = new() { [":parent"] = Items.Text(parent.ToString()), [":child"] = Items.Text(SortPrefix) },
        };
        var children = new List<ChildRun>();
        do
        {
            var page = await dynamo.QueryAsync(request, cancellation);
            children.AddRange((page.Items ?? []).Select(Read));
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return children;
    }

    private static ChildRun Read(Dictionary<string, AttributeValue> item) => new(
        int.Parse(Items.TextOf(item, Tables.SortKey)!.AsSpan(SortPrefix.Length), CultureInfo.InvariantCulture), RunId.Parse(Items.TextOf(item, Child)!))
    {
        State = Items.TextOf(item, State) is { } state ? Enum.Parse<RunState>(state) : null,
        Error = Items.TextOf(item, Error),
    };

    /// <returns>False when it is known already: what was written first stays.</returns>
    private async Task<bool> TryAsync(ItemUpdate update, RunId parent, ChildRun child, string condition, CancellationToken cancellation)
    {
        var request = update.ToRequest(table, parent.ToString(), string.Create(CultureInfo.InvariantCulture, $"{SortPrefix}{child.Index:D6}"));
        request.ConditionExpression = condition;
        return await dynamo.TryUpdateAsync(request, cancellation) is not null;
    }

    private AttributeValue Expiry() => Items.Expiry(clock.GetUtcNow() + Items.PartRetention);
}
