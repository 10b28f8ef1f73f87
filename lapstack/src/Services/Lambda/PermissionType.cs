using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Template;

namespace Lapstack.Services.Lambda;

/// <summary>
/// AWS::Lambda::Permission: one statement of a function's resource policy, which Access reads from the stack.
/// </summary>
internal sealed class PermissionType(FunctionStore functions, Account account) : IResourceType
{
    public string Type => "AWS::Lambda::Permission";

    public ResourceIdentity Identify(ResourceDeclaration declaration)
    {
        var id = PhysicalName.For(declaration.StackName, declaration.LogicalId, 100);
        return new ResourceIdentity(id, ("Id", id));
    }

    public Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation)
    {
        var (functionArn, statement) = ResourcePolicies.StatementOf(resource, account);
        functions.AddStatement(functionArn, statement);
        return Task.CompletedTask;
    }
}
