using Lapstack.Template;

namespace Lapstack.Services.Logs;

/// <summary>AWS::Logs::LogGroup.</summary>
internal sealed class LogGroupType(LogStore store) : IResourceType
{
    public string Type => "AWS::Logs::LogGroup";

    public ResourceIdentity Identify(ResourceDeclaration declaration)
    {
        var name = declaration.NameOr("LogGroupName", 512);
        return new ResourceIdentity(name, ("Arn", declaration.Account.Arn("logs", $"log-group:{name}:*")));
    }

    public Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation)
    {
        store.Ensure(resource.Ref, resource.Number("RetentionInDays"));
        return Task.CompletedTask;
    }
}
