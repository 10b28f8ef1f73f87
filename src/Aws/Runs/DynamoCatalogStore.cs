using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Jobs.Core;
using Jobs.Core.Ports;

namespace Jobs.Aws.Runs;

/// <summary>The catalog as an item of the Runs table: one read for whoever asks, and no custom resource to write a file.</summary>
/// <param name="table">Name of the Runs table.</param>
public sealed class DynamoCatalogStore(IAmazonDynamoDB dynamo, string table) : ICatalogStore
{
    public async Task PublishAsync(string json, CancellationToken cancellation)
    {
        var item = Items.Key(Tables.JobsPartition, Tables.CatalogItem);
        item[Tables.CatalogJson] = Items.Text(json);
        await dynamo.PutItemAsync(new PutItemRequest { TableName = table, Item = item }, cancellation);
    }
}
