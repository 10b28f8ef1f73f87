using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Jobs.Aws.Layout;
using Jobs.Aws.Runs;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Workers;

namespace Jobs.Aws.Runs;

/// <summary>
/// Inputs in the Runs table. A small input rides on the control item, so that a short run costs one read;
/// a larger one is an item of its own.
/// </summary>
/// <param name="table">Name of the Runs table.</param>
/// <param name="readObject">Reads a result that is the input, or a part of it, by its key in the runner's bucket; null
/// leaves it out.</param>
public sealed class DynamoRunInputs(
    IAmazonDynamoDB dynamo, string table, Func<string, CancellationToken, Task<string>>? readObject = null) : IRunInputs
{
    public async Task<string?> ReadAsync(RunId run, CancellationToken cancellation)
    {
        var (input, key) = await ReadAsync(run, Tables.RunItem, cancellation);
        if (input is null) (input, _) = await ReadAsync(run, Tables.InputItem, cancellation);
        return key is null || readObject is null
            ? input
            : EndingJson.WithResult(input, await readObject(key, cancellation));
    }

    // An input never changes, so an eventually consistent read, at half the price, is right wherever it finds the item.
    private async Task<(string? Input, string? Key)> ReadAsync(RunId run, string sort, CancellationToken cancellation)
    {
        var item = await GetAsync(run, sort, consistent: false, cancellation) is { Count: > 0 } found
            ? found
            : await GetAsync(run, sort, consistent: true, cancellation);
        return (Items.TextOf(item, RunItems.Input), Items.TextOf(item, RunItems.InputKey));
    }

    private async Task<Dictionary<string, AttributeValue>> GetAsync(
        RunId run, string sort, bool consistent, CancellationToken cancellation)
    {
        var answer = await dynamo.GetItemAsync(
            new GetItemRequest
            {
                TableName = table,
                Key = Items.Key(run.ToString(), sort),
                // The state is always there: an item without an input is told from one that was not found.
                ProjectionExpression = "#input, #key, #state",
                ExpressionAttributeNames = new()
                {
                    ["#input"] = RunItems.Input,
                    ["#key"] = RunItems.InputKey,
                    ["#state"] = RunItems.State,
                },
                ConsistentRead = consistent,
            },
            cancellation);
        return answer.Item ?? [];
    }
}
