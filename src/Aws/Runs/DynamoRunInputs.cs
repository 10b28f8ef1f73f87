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
    public async Task<RunInput?> ReadAsync(RunId run, CancellationToken cancellation)
    {
        var item = await ReadAsync(run, Tables.RunItem, cancellation);
        var json = InputOf(item) ?? InputOf(await ReadAsync(run, Tables.InputItem, cancellation));
        if (Items.TextOf(item, RunItems.InputKey) is { } key && readObject is not null)
        {
            json = EndingJson.WithResult(json, await readObject(key, cancellation));
        }

        return json is null ? null : new RunInput(json) { Labels = RunItems.LabelsOf(item) };
    }

    private static string? InputOf(Dictionary<string, AttributeValue> item) => Items.TextOf(item, RunItems.Input);

    // An input never changes, so an eventually consistent read, at half the price, is right wherever it finds the item.
    // Labels that the attempt before added may be missing: then this one is told later that its own do not fit beside.
    private async Task<Dictionary<string, AttributeValue>> ReadAsync(
        RunId run, string sort, CancellationToken cancellation) =>
        await GetAsync(run, sort, consistent: false, cancellation) is { Count: > 0 } found
            ? found
            : await GetAsync(run, sort, consistent: true, cancellation);

    private async Task<Dictionary<string, AttributeValue>> GetAsync(
        RunId run, string sort, bool consistent, CancellationToken cancellation)
    {
        var answer = await dynamo.GetItemAsync(
            new GetItemRequest
            {
                TableName = table,
                Key = Items.Key(run.ToString(), sort),
                // The state is always there: an item without an input is told from one that was not found.
                ProjectionExpression = "#input, #key, #labels, #state",
                ExpressionAttributeNames = new()
                {
                    ["#input"] = RunItems.Input,
                    ["#key"] = RunItems.InputKey,
                    ["#labels"] = Tables.Labels,
                    ["#state"] = RunItems.State,
                },
                ConsistentRead = consistent,
            },
            cancellation);
        return answer.Item ?? [];
    }
}
