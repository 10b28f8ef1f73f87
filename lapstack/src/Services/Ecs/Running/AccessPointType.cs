using System.Text.Json.Nodes;
using Lapstack.Template;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Running;

/// <summary>AWS::EFS::AccessPoint: a folder of a file system that its users take for the whole.</summary>
internal sealed class AccessPointType(TaskVolumes volumes) : IResourceType
{
    public string Type => "AWS::EFS::AccessPoint";

    public ResourceIdentity Identify(ResourceDeclaration declaration)
    {
        var id = PhysicalName.Id("fsap", declaration.StackName, declaration.LogicalId);
        return new ResourceIdentity(
            id,
            ("AccessPointId", id),
            ("Arn", declaration.Account.Arn("elasticfilesystem", $"access-point/{id}")));
    }

    public Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation)
    {
        volumes.AddAccessPoint(resource.Ref, resource.Properties.Structure("RootDirectory").Text("Path") ?? "/");
        return Task.CompletedTask;
    }
}
