using System.Text.Json.Nodes;

namespace Jobs.Tests.Infra;

/// <summary>A CloudFormation template to ask questions of.</summary>
internal sealed class Template(JsonObject json)
{
    /// <summary>All of it.</summary>
    public JsonObject Json => json;

    public IReadOnlyList<Resource> Resources { get; } =
    [
        .. json[nameof(Resources)]!.AsObject().Select(resource => new Resource(
            resource.Key, resource.Value!["Type"]!.GetValue<string>(), resource.Value["Properties"]?.AsObject()
                ?? [], resource.Value.AsObject())),
    ];

    public IEnumerable<Resource> OfType(string type) => Resources.Where(resource => resource.Type == type);

    /// <summary>The resource whose logical id, without CDK's hash, is this.</summary>
    public Resource Named(string id) => Resources.Single(resource => Readable.WithoutHash(resource.Id) == id);

    /// <summary>The policy of a resource, by the id of what it protects.</summary>
    public IEnumerable<JsonObject> PolicyOn(string policyType, string id) => OfType(policyType)
        .Where(
            policy =>
                Readable.Text(
                    policy.Properties[policyType == "AWS::S3::BucketPolicy"
                        ? "Bucket" : policyType == "AWS::SQS::QueuePolicy" ? "Queues" : "Topics"]) == $"<{id}>")
        .SelectMany(policy => policy.Properties["PolicyDocument"]!["Statement"]!.AsArray())
        .Select(statement => statement!.AsObject());
}
