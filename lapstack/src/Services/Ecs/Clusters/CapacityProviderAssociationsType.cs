using Lapstack.Template;

namespace Lapstack.Services.Ecs.Clusters;

/// <summary>AWS::ECS::ClusterCapacityProviderAssociations.</summary>
internal sealed class CapacityProviderAssociationsType(ClusterStore clusters) : IResourceType
{
    public string Type => "AWS::ECS::ClusterCapacityProviderAssociations";

    public ResourceIdentity Identify(ResourceDeclaration declaration) => new(declaration.Text("Cluster") ?? "default");

    public Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation)
    {
        clusters.Put(clusters.Get(resource.Text("Cluster")) with
        {
            CapacityProviders = Providers.Names(resource.Properties),
            DefaultStrategy = Providers.Strategy(resource.Properties, "DefaultCapacityProviderStrategy"),
        });
        return Task.CompletedTask;
    }
}
