using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Template;

namespace Lapstack.Services.Ssm;

/// <summary>AWS::SSM::Parameter. A value of the user's secrets goes before the template's.</summary>
internal sealed class ParameterType(ParameterStore store, UserSecrets users, Account account) : IResourceType
{
    public string Type => "AWS::SSM::Parameter";

    public ResourceIdentity Identify(ResourceDeclaration declaration)
    {
        var type = declaration.Text("Type") ?? "";
        if (type is not ("String" or "StringList"))
            throw new TemplateException(
                $"{declaration.LogicalId} ({Type}): Type must be String or StringList; CloudFormation makes no " +
                "SecureString. Put it with `aws ssm put-parameter`, and refer to it by name.");
        var value = declaration.Text("Value") ?? throw new TemplateException(
            $"{declaration.LogicalId} ({Type}): Value is missing.");
        return new ResourceIdentity(declaration.NameOr("Name", 1011), ("Type", type), ("Value", value));
    }

    public Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation)
    {
        var own = users.ValueOf(resource.Ref);
        var draft = new ParameterDraft(resource.Text("Type"), own ?? resource.Text("Value")!)
        {
            Description = resource.Text("Description"),
            AllowedPattern = resource.Text("AllowedPattern"),
            Tier = resource.Text("Tier"),
        };
        store.Give(resource.Ref, draft, always: own is not null, Caller.Owner(account.Id).Arn);
        return Task.CompletedTask;
    }
}
