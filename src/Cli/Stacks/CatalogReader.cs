using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Cli.Stacks;

/// <summary>The catalog of the jobs as deployed, which the tick keeps in the Runs table.</summary>
internal sealed class CatalogReader(IAmazonDynamoDB dynamo, StackPlace place)
{
    /// <exception cref="CliException">The stack has not written it yet.</exception>
    public async Task<JobCatalog> ReadAsync(CancellationToken cancellation)
    {
        var answer = await dynamo.GetItemAsync(
            new GetItemRequest
            {
                TableName = place.Output(OutputNames.RunsTable),
                Key = new()
                {
                    [Tables.PartitionKey] = new AttributeValue { S = Tables.JobsPartition },
                    [Tables.SortKey] = new AttributeValue { S = Tables.CatalogItem },
                },
            },
            cancellation);
        return answer.Item?.GetValueOrDefault(Tables.CatalogJson)?.S is { } json
            ? JobCatalog.Parse(json)
            : throw CliException.NotReady(
                $"Stack {place.Name} has not said yet which jobs it has: it does within a minute of its start. " +
                $"Try again in a minute; if it stays so: {place.Lines.Doctor()}");
    }
}
