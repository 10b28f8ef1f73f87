using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Schedules;
using Lapstack.Template;
using Lapstack.Wire;

namespace Lapstack.Services.AutoScaling;

/// <summary>AWS::ApplicationAutoScaling::ScalableTarget, of ECS services.</summary>
internal sealed class ScalableTargetType(ScalingStore store, IServiceCapacity capacity, Account account) : IResourceType
{
    public string Type => "AWS::ApplicationAutoScaling::ScalableTarget";

    public ResourceIdentity Identify(ResourceDeclaration declaration)
    {
        try
        {
            var target = TargetReader.Read(
                declaration.Properties, account, store.CreatedAt(TargetReader.IdOf(declaration.Properties)));
            return new ResourceIdentity(target.Id, ("Id", target.Id));
        }
        catch (Exception refused) when (refused is FormatException or ScheduleException or ServiceError)
        {
            throw new TemplateException($"{declaration.LogicalId} ({Type}): {refused.Message}");
        }
    }

    public Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation)
    {
        var target = TargetReader.Read(resource.Properties, account, store.CreatedAt(resource.Ref));
        if (capacity.Find(target.ResourceId) is null)
        {
            throw new TemplateException(
                $"{resource.LogicalId} ({Type}): ECS service doesn't exist: {target.ResourceId}");
        }

        store.Add(target);
        return Task.CompletedTask;
    }
}
