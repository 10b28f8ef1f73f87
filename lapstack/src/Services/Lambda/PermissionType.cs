using Lapstack.Template;

namespace Lapstack.Services.Lambda;

/// <summary>AWS::Lambda::Permission: one statement of a function's resource policy.</summary>
internal sealed class PermissionType : IResourceType
{
    public string Type => "AWS::Lambda::Permission";

    public ResourceIdentity Identify(ResourceDeclaration declaration)
    {
        var id = PhysicalName.For(declaration.StackName, declaration.LogicalId, 100);
        return new ResourceIdentity(id, ("Id", id));
    }
}
