using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Jobs.Core;
using Jobs.Core.Engine;
using Jobs.Core.Ids;
using Jobs.Core.Tasks;
using Jobs.Core.Workers;

namespace Jobs.Aws.Workers;

/// <summary>Reads a run's launch and stop cause from its control item.</summary>
/// <param name="table">Name of the Runs table.</param>
public sealed class DynamoRunStops(IAmazonDynamoDB dynamo, string table) : IRunStops
{
    private const string Launch = "launch";
    private const string Cause = "stopCause";

    public async Task<RunStop?> ReadAsync(RunId run, CancellationToken cancellation)
    {
        var answer = await dynamo.GetItemAsync(
            new GetItemRequest
            {
                TableName = table,
                Key = Items.Key(run.ToString(), Tables.RunItem),
                ProjectionExpression = "#launch, #cause",
                ExpressionAttributeNames = new Dictionary<string, string> { ["#launch"] = Launch, ["#cause"] = Cause },
                ConsistentRead = true,
            },
            cancellation);
        return answer.Item is { } item && Items.NumberOf(item, Launch) is { } launch
            ? new RunStop(
                (int)launch, Enum.TryParse<StopCause>(Items.TextOf(item, Cause), out var cause) ? cause : null)
            : null;
    }
}
