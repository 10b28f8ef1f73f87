using Lapstack.Template;

namespace Lapstack.Services.Events;

/// <summary>AWS::Events::EventBus: a name that rules and events are under.</summary>
internal sealed class EventBusType(EventBuses buses) : IResourceType
{
    public const string TypeName = "AWS::Events::EventBus";

    public string Type => TypeName;

    public ResourceIdentity Identify(ResourceDeclaration declaration)
    {
        var name = declaration.NameOr("Name");
        return new ResourceIdentity(name, ("Arn", buses.ArnOf(name)), ("Name", name));
    }

    public Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation)
    {
        buses.Add(resource.Ref);
        return Task.CompletedTask;
    }
}
