using Lapstack.Template;

namespace Lapstack.Services.Scheduler;

/// <summary>AWS::Scheduler::ScheduleGroup: a name that schedules are under.</summary>
internal sealed class ScheduleGroupType : IResourceType
{
    public string Type => "AWS::Scheduler::ScheduleGroup";

    public ResourceIdentity Identify(ResourceDeclaration declaration)
    {
        var name = declaration.NameOr("Name");
        return new ResourceIdentity(
            name, ("Arn", declaration.Account.Arn("scheduler", $"schedule-group/{name}")), ("State", "ACTIVE"));
    }

    public Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation) => Task.CompletedTask;
}
