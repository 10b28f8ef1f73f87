using System.Text.Json.Nodes;
using Lapstack.Template;

namespace Lapstack.Services.Lambda;

/// <summary>AWS::Lambda::EventSourceMapping of a standard SQS queue.</summary>
internal sealed class EventSourceMappingType(EventSources sources) : IResourceType
{
    public string Type => "AWS::Lambda::EventSourceMapping";

    public ResourceIdentity Identify(ResourceDeclaration declaration)
    {
        var source = declaration.Text("EventSourceArn") ?? "";
        if (source.Split(':').ElementAtOrDefault(2) != "sqs" || source.EndsWith(".fifo", StringComparison.Ordinal))
            throw new TemplateException(
                $"{declaration.LogicalId} polls '{source}'. The local emulator polls standard SQS queues.");
        if (declaration.Properties["FilterCriteria"]?["Filters"] is JsonArray { Count: > 0 })
            throw new TemplateException(
                $"{declaration.LogicalId} has FilterCriteria, which the local emulator does not apply. Filter in the " +
                "rule or in the function.");
        var id = PhysicalName.For(declaration.StackName, declaration.LogicalId, 100);
        return new ResourceIdentity(
            id, ("Id", id), ("EventSourceMappingArn", declaration.Account.Arn("lambda", $"event-source-mapping:{id}")));
    }

    public Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation)
    {
        var reports = resource.Properties["FunctionResponseTypes"]?.AsArray()
            .Any(t => t!.GetValue<string>() == "ReportBatchItemFailures") == true;
        sources.Add(new EventSource(
            resource.Ref,
            resource.Text("EventSourceArn")!,
            resource.Text("FunctionName")!,
            resource.Number("BatchSize") ?? 10,
            TimeSpan.FromSeconds(resource.Number("MaximumBatchingWindowInSeconds") ?? 0),
            reports,
            resource.Properties["ScalingConfig"]?["MaximumConcurrency"]?.GetValue<int>(),
            resource.Text("Enabled") != "false"));
        return Task.CompletedTask;
    }
}
