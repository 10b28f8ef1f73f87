using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Aws.Runs;

/// <summary>
/// The catalog as an item of the Runs table: one read for each reader, and no custom resource to write a file.
/// </summary>
/// <param name="table">Name of the Runs table.</param>
public sealed class DynamoCatalogStore(IAmazonDynamoDB dynamo, string table) : ICatalogStore
{
    public async Task PublishAsync(string json, IReadOnlyCollection<string> jobs, CancellationToken cancellation)
    {
        if (jobs.Count > 0) await RegisterAsync(jobs, cancellation);
        var item = Items.Key(Tables.JobsPartition, Tables.CatalogItem);
        item[Tables.CatalogJson] = Items.Text(json);
        await dynamo.PutItemAsync(new PutItemRequest { TableName = table, Item = item }, cancellation);
    }

    /// <summary>
    /// Adds to the names of all jobs that were ever deployed, by which people find the runs of jobs that are gone.
    /// </summary>
    private Task<UpdateItemResponse> RegisterAsync(
        IReadOnlyCollection<string> jobs, CancellationToken cancellation) => dynamo.UpdateItemAsync(
        new UpdateItemRequest
        {
            TableName = table,
            Key = Items.Key(Tables.JobsPartition, Tables.DeployedItem),
            UpdateExpression = "ADD #names :jobs",
            ExpressionAttributeNames = new() { ["#names"] = Tables.DeployedNames },
            ExpressionAttributeValues = new() { [":jobs"] = new AttributeValue { SS = [.. jobs] } },
        },
        cancellation);
}
