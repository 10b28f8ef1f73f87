using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Jobs.Core.Dispatch;

namespace Jobs.Aws.Runs;

/// <summary>
/// The dispatcher's lease: one item of the Runs table, with its holder, its expiry and the state of the pacing.
/// </summary>
/// <param name="table">Name of the Runs table.</param>
public sealed class DynamoDispatchLease(IAmazonDynamoDB dynamo, string table) : IDispatchLease
{
    private const string Holder = "holder";
    private const string Until = "until";
    private const string Tokens = "tokens";
    private const string At = "at";

    public async Task<DispatchLease?> TakeAsync(
        string holder, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellation)
    {
        var taken = await UpdateAsync(
            "SET #holder = :me, #until = :until",
            "attribute_not_exists(#holder) OR #holder = :me OR #until <= :now",
            new() { [":me"] = Items.Text(holder), [":until"] = Items.Instant(until), [":now"] = Items.Instant(now) },
            cancellation);
        return taken is null ? null : new DispatchLease(Read(taken));
    }

    public async Task<bool> KeepAsync(
        string holder, DateTimeOffset until, Pacing pacing, CancellationToken cancellation) => await UpdateAsync(
        "SET #until = :until, #tokens = :tokens, #at = :at", "#holder = :me",
            Values(holder, pacing, (":until", Items.Instant(until))), cancellation) is not null;

    public Task ReleaseAsync(string holder, Pacing pacing, CancellationToken cancellation) => UpdateAsync(
        "SET #tokens = :tokens, #at = :at REMOVE #holder, #until", "#holder = :me", Values(
            holder, pacing), cancellation);

    /// <returns>The item as it then is; null when the condition does not hold.</returns>
    private Task<Dictionary<string, AttributeValue>?> UpdateAsync(
        string update, string condition, Dictionary<string, AttributeValue> values, CancellationToken cancellation)
    {
        string[] names = [Holder, Until, Tokens, At];
        return dynamo.TryUpdateAsync(
            new UpdateItemRequest
            {
                TableName = table,
                Key = Items.Key("dispatch", "lease"),
                UpdateExpression = update,
                ConditionExpression = condition,
                ExpressionAttributeNames = names.Where(
                    name => $"{update} {condition}".Contains($"#{name}", StringComparison.Ordinal))
                    .ToDictionary(name => $"#{name}"),
                ExpressionAttributeValues = values,
                ReturnValues = ReturnValue.ALL_NEW,
            },
            cancellation);
    }

    private static Dictionary<string, AttributeValue> Values(
        string holder, Pacing pacing, params (string Name, AttributeValue Value)[] more) => new(
        more.Select(value => KeyValuePair.Create(value.Name, value.Value)))
        {
            [":me"] = Items.Text(holder),
            [":tokens"] = new AttributeValue { N = pacing.Tokens.ToString("0.###", CultureInfo.InvariantCulture) },
            [":at"] = Items.Instant(pacing.At),
        };

    private static Pacing? Read(Dictionary<string, AttributeValue> item) =>
        Items.NumberOf(item, Tokens) is { } tokens && Items.InstantOf(item, At) is { } at
            ? new Pacing(tokens, at)
            : null;
}
