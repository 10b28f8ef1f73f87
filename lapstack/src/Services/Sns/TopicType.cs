using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Template;

namespace Lapstack.Services.Sns;

/// <summary>AWS::SNS::Topic: a standard topic, with the subscriptions it declares inside.</summary>
internal sealed class TopicType(TopicStore topics) : IResourceType
{
    public string Type => "AWS::SNS::Topic";

    public ResourceIdentity Identify(ResourceDeclaration declaration)
    {
        if (declaration.Text("FifoTopic") == "true")
            throw new TemplateException(
                $"{declaration.LogicalId} ({Type}): the emulator has standard topics only. Remove FifoTopic, or use " +
                "real AWS.");
        var name = declaration.NameOr("TopicName", 256);
        var arn = declaration.Account.Arn("sns", name);
        // Reading them refuses those that could not be delivered.
        _ = Inside(declaration.LogicalId, arn, declaration.Properties);
        return new ResourceIdentity(arn, ("TopicArn", arn), ("TopicName", name));
    }

    public Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation)
    {
        topics.Add(new Topic(
            resource.Attribute("TopicName"), resource.Ref, resource.Text("DisplayName"), PolicyOf(resource, stack),
            resource.Text("KmsMasterKeyId")));
        foreach (var subscription in Inside(resource.LogicalId, resource.Ref, resource.Properties))
        {
            topics.Add(subscription);
        }

        return Task.CompletedTask;
    }

    private static string? PolicyOf(StackResource topic, Stack stack) => stack.OfType("AWS::SNS::TopicPolicy")
        .LastOrDefault(
            policy => (policy.Properties["Topics"] as JsonArray ?? []).Any(arn => arn?.ToString() == topic.Ref))
        ?.Properties["PolicyDocument"]?.ToJsonString(JsonText.Plain);

    private static List<Subscription> Inside(string logicalId, string topicArn, JsonObject properties) =>
        [.. (properties["Subscription"] as JsonArray ?? []).OfType<JsonObject>()
            .Select((subscription, index) => SubscriptionReader.Read($"{logicalId}/{index}", topicArn, subscription))];
}
