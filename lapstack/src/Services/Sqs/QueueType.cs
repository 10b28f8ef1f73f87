using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Template;

namespace Lapstack.Services.Sqs;

/// <summary>
/// AWS::SQS::Queue: a standard queue. Nothing is encrypted: the state folder is the laptop's own.
/// </summary>
internal sealed class QueueType(QueueStore queues) : IResourceType
{
    private static readonly HashSet<string> Known =
    [
        "QueueName", "DelaySeconds", "MaximumMessageSize", "MessageRetentionPeriod", "ReceiveMessageWaitTimeSeconds",
        "VisibilityTimeout",
        "RedrivePolicy", "RedriveAllowPolicy", "SqsManagedSseEnabled", "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds",
        "Tags",
    ];

    public string Type => "AWS::SQS::Queue";

    public ResourceIdentity Identify(ResourceDeclaration declaration)
    {
        if (declaration.Properties.Select(property => property.Key)
            .FirstOrDefault(name => !Known.Contains(name)) is { } unknown)
        {
            throw new TemplateException($"{declaration.LogicalId} ({Type}): the emulator has standard queues only " +
                $"and does not know {unknown}. "
                + "Remove the property, or use real AWS.");
        }
        _ = Settings(declaration.LogicalId, declaration.Properties);
        var name = declaration.NameOr("QueueName", 80);
        return new ResourceIdentity(
            queues.UrlOf(name), ("Arn", queues.ArnOf(name)), ("QueueName", name), ("QueueUrl", queues.UrlOf(name)));
    }

    public Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation)
    {
        queues.Open(
            resource.Attribute("QueueName"),
            Settings(resource.LogicalId, resource.Properties) with { Policy = PolicyOf(resource, stack) });
        return Task.CompletedTask;
    }

    private static string? PolicyOf(StackResource queue, Stack stack) => stack.OfType("AWS::SQS::QueuePolicy")
        .LastOrDefault(
            policy => (policy.Properties["Queues"] as JsonArray ?? []).Any(url => url?.ToString() == queue.Ref))
        ?.Properties["PolicyDocument"]?.ToJsonString(JsonText.Plain);

    private QueueSettings Settings(string logicalId, JsonObject properties)
    {
        try
        {
            return QueueSettings.Read(properties);
        }
        catch (FormatException broken)
        {
            throw new TemplateException($"{logicalId} ({Type}): {broken.Message}.");
        }
    }
}
