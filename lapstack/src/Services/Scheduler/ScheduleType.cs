using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Schedules;
using Lapstack.Template;

namespace Lapstack.Services.Scheduler;

/// <summary>
/// AWS::Scheduler::Schedule. Its role must trust the service, as it must at AWS when the schedule is made.
/// </summary>
internal sealed class ScheduleType(
    ScheduleStore schedules, IAuthorizer authorizer, Account account, TimeProvider clock) : IResourceType
{
    public string Type => "AWS::Scheduler::Schedule";

    public ResourceIdentity Identify(ResourceDeclaration declaration)
    {
        var name = declaration.NameOr("Name");
        var arn = declaration.Account.Arn("scheduler", $"schedule/{declaration.Text("GroupName") ?? "default"}/{name}");
        try
        {
            // Read here only to refuse it before anything exists.
            _ = ScheduleReader.Read(name, arn, declaration.Properties, clock.GetUtcNow());
        }
        catch (Exception refused) when (refused is FormatException or ScheduleException)
        {
            throw new TemplateException($"{declaration.LogicalId} ({Type}): {refused.Message}");
        }
        return new ResourceIdentity(name, ("Arn", arn));
    }

    public Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation)
    {
        try
        {
            var role = resource.Properties["Target"]!["RoleArn"]!.ToString();
            _ = ScheduleRole.Assume(authorizer, account, role, resource.Attribute("Arn"));
        }
        catch (TemplateException refused)
        {
            throw new TemplateException($"{resource.LogicalId} ({Type}): {refused.Message}");
        }

        schedules.Open(resource.Ref, resource.Attribute("Arn"), resource.Properties);
        return Task.CompletedTask;
    }
}
