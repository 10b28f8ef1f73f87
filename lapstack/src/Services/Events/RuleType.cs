using Lapstack.Ground;
using Lapstack.Patterns;
using Lapstack.Schedules;
using Lapstack.Template;

namespace Lapstack.Services.Events;

/// <summary>
/// AWS::Events::Rule. A bus that the template does not have must be there at AWS; here the rule makes it.
/// </summary>
internal sealed class RuleType(RuleStore rules, EventBuses buses, Activity activity, TimeProvider clock)
    : IResourceType
{
    public string Type => "AWS::Events::Rule";

    public ResourceIdentity Identify(ResourceDeclaration declaration)
    {
        var name = declaration.NameOr("Name");
        var bus = RuleReader.BusOf(declaration.Properties);
        var arn = declaration.Account.Arn(
            "events", bus == EventBuses.Default ? $"rule/{name}" : $"rule/{bus}/{name}");
        try
        {
            // Read here only to refuse it before anything exists.
            _ = RuleReader.Read(name, arn, declaration.Properties, clock.GetUtcNow());
        }
        catch (Exception refused) when (refused is FormatException or EventPatternException or ScheduleException)
        {
            throw new TemplateException($"{declaration.LogicalId} ({Type}): {refused.Message}");
        }
        return new ResourceIdentity(EventRule.IdOf(bus, name), ("Arn", arn));
    }

    public Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation)
    {
        var arn = resource.Attribute("Arn");
        rules.Open(arn[(arn.LastIndexOf('/') + 1)..], arn, resource.Properties);
        var bus = RuleReader.BusOf(resource.Properties);
        var isDeclared = stack.OfType(EventBusType.TypeName).Any(declared => declared.Ref == bus);
        if (buses.Add(bus) && !isDeclared)
        {
            activity.Report(
                "EventBridge",
                "Bus",
                $"Bus {bus} is not in the template. It is here because rule {resource.LogicalId} is on it; at AWS it " +
                "must be there first.");
        }


        return Task.CompletedTask;
    }
}
