using System.Text.Json.Nodes;
using Lapstack.Services.Ecs.Clusters;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Template;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Scheduling;

/// <summary>
/// AWS::ECS::Service on Fargate. As at CloudFormation, a service that exists keeps its desired count until the template
/// says another.
/// </summary>
internal sealed class ServiceType(ServiceStore services, ServiceReader reader) : IResourceType
{
    public string Type => "AWS::ECS::Service";

    public ResourceIdentity Identify(ResourceDeclaration declaration)
    {
        var name = declaration.NameOr("ServiceName", 255);
        var arn = declaration.Account.Arn("ecs", $"service/{ClusterStore.NameOf(declaration.Text("Cluster"))}/{name}");
        return new ResourceIdentity(arn, ("Name", name), ("ServiceArn", arn));
    }

    public Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation)
    {
        try
        {
            Deploy(resource.Attribute("Name"), resource.Ref, TaskDefinitionJson.FromTemplate(resource.Properties));
        }
        catch (ServiceError refused)
        {
            throw new TemplateException($"{resource.LogicalId} ({Type}): {refused.Message}");
        }
        return Task.CompletedTask;
    }

    private void Deploy(string name, string arn, JsonObject declared)
    {
        services.MarkInStack(arn);
        var known = services.Find(arn) is { Status: ServiceStatus.Active } running ? running : null;
        var count = declared.Number("desiredCount");
        declared["desiredCount"] = count is null || count == known?.DeclaredCount
            ? known?.DesiredCount ?? count ?? 1
            : count;
        declared.Remove("serviceName");
        var fresh = reader.Create(name, declared) with { FromTemplate = true, DeclaredCount = count };
        if (known is null) services.Put(fresh);
        else services.Update(arn, current => reader.Redeploy(current, fresh));
    }
}
