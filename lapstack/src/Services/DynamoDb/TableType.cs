using System.Text.Json.Nodes;
using Lapstack.Template;

namespace Lapstack.Services.DynamoDb;

/// <summary>
/// AWS::DynamoDB::Table. Keys, indexes, billing mode and time to live are made; backups change nothing on a
/// laptop, and of the encryption only its key counts, whose policy Access asks; streams are refused.
/// </summary>
internal sealed class TableType(Tables tables) : IResourceType
{
    private static readonly string[] Made =
    [
        "AttributeDefinitions", "KeySchema", "BillingMode", "ProvisionedThroughput", "LocalSecondaryIndexes",
    ];

    public string Type => "AWS::DynamoDB::Table";

    public ResourceIdentity Identify(ResourceDeclaration declaration)
    {
        if (declaration.Properties["StreamSpecification"] is not null)
            throw new TemplateException(
                $"{declaration.LogicalId}: StreamSpecification is not supported locally: there are no streams. " +
                "Remove it, or use real AWS.");
        var name = declaration.NameOr("TableName", 255);
        return new(name, ("Arn", declaration.Account.Arn("dynamodb", $"table/{name}")));
    }

    public Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation)
    {
        var indexes = Items(resource, "GlobalSecondaryIndexes").Concat(Items(resource, "LocalSecondaryIndexes"))
            .ToDictionary(i => (string)i["IndexName"]!, i => Keys(i["KeySchema"]!)[0], StringComparer.Ordinal);
        var definition = new TableDefinition(
            resource.Ref,
            resource.Attribute("Arn"),
            Keys(resource.Properties["KeySchema"]!),
            indexes,
            TimeToLive(resource));
        tables.Add(definition, Request(resource), cancellation);
        return Task.CompletedTask;
    }

    private static string? TimeToLive(StackResource resource) =>
        resource.Properties["TimeToLiveSpecification"] is JsonObject time
        && time["Enabled"]?.ToString() == "true" ? time["AttributeName"]?.ToString() : null;

    // CreateTable takes these properties as CloudFormation spells them.
    private static JsonObject Request(StackResource resource)
    {
        var request = new JsonObject { ["TableName"] = resource.Ref };
        foreach (var name in Made)
            if (resource.Properties[name] is { } value) request[name] = value.DeepClone();
        var indexes = new JsonArray([.. Items(resource, "GlobalSecondaryIndexes").Select(Index)]);
        if (indexes.Count > 0) request["GlobalSecondaryIndexes"] = indexes;
        return request;
    }

    private static JsonObject Index(JsonNode index) => new(
        index.AsObject().Where(p => p.Key is "IndexName" or "KeySchema" or "Projection" or "ProvisionedThroughput")
            .Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));

    private static IEnumerable<JsonNode> Items(StackResource resource, string property) =>
        (resource.Properties[property] as JsonArray ?? []).Select(i => i!);

    // The partition key comes first, in whatever order the schema names them.
    private static string[] Keys(JsonNode schema) =>
        [.. schema.AsArray().OrderBy(k => (string)k!["KeyType"]! == "HASH" ? 0 : 1)
            .Select(k => (string)k!["AttributeName"]!)];
}
