using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Jobs.Core;
using Jobs.Core.Ports;
using Jobs.Core.Runs;

namespace Jobs.Aws.Workers;

/// <summary>
/// Inputs in the Runs table. A small input rides on the control item, so that a short run costs one read;
/// a larger one is an item of its own.
/// </summary>
/// <param name="table">Name of the Runs table.</param>
public sealed class DynamoRunInputs(IAmazonDynamoDB dynamo, string table) : IRunInputs
{
    private const string Input = "input";

    public async Task<string?> ReadAsync(RunId run, CancellationToken cancellation) =>
        await ReadAsync(run, Tables.RunItem, cancellation)
        ?? await ReadAsync(run, Tables.InputItem, cancellation);

    private async Task<string?> ReadAsync(RunId run, string item, CancellationToken cancellation)
    {
        var answer = await dynamo.GetItemAsync(
            new GetItemRequest
            {
                TableName = table,
                Key = Items.Key(run.ToString(), item),
                ProjectionExpression = "#input",
                ExpressionAttributeNames = new Dictionary<string, string> { ["#input"] = Input },
                ConsistentRead = true,
            },
            cancellation);
        return answer.Item?.GetValueOrDefault(Input)?.S;
    }
}
