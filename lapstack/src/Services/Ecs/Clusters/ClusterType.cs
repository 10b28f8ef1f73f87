using Lapstack.Template;

namespace Lapstack.Services.Ecs.Clusters;

/// <summary>AWS::ECS::Cluster.</summary>
internal sealed class ClusterType(ClusterStore clusters) : IResourceType
{
    public string Type => "AWS::ECS::Cluster";

    public ResourceIdentity Identify(ResourceDeclaration declaration)
    {
        var name = declaration.NameOr("ClusterName", 255);
        return new ResourceIdentity(name, ("Arn", declaration.Account.Arn("ecs", $"cluster/{name}")));
    }

    public Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation)
    {
        clusters.Put(new Cluster(resource.Ref, resource.Attribute("Arn"))
        {
            CapacityProviders = Providers.Names(resource.Properties),
            DefaultStrategy = Providers.Strategy(resource.Properties, "DefaultCapacityProviderStrategy"),
        });
        return Task.CompletedTask;
    }
}
