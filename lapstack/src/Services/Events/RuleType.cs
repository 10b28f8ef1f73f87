using Lapstack.Patterns;
using Lapstack.Schedules;
using Lapstack.Template;

namespace Lapstack.Services.Events;

/// <summary>AWS::Events::Rule on the default bus.</summary>
internal sealed class RuleType(RuleStore rules, TimeProvider clock) : IResourceType
{
    public string Type => "AWS::Events::Rule";

    public ResourceIdentity Identify(ResourceDeclaration declaration)
    {
        var name = declaration.NameOr("Name");
        var arn = declaration.Account.Arn("events", $"rule/{name}");
        try
        {
            // Read here only to refuse it before anything exists.
            _ = RuleReader.Read(name, arn, declaration.Properties, clock.GetUtcNow());
        }
        catch (Exception refused) when (refused is FormatException or EventPatternException or ScheduleException)
        {
            throw new TemplateException($"{declaration.LogicalId} ({Type}): {refused.Message}");
        }
        return new ResourceIdentity(name, ("Arn", arn));
    }

    public Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation)
    {
        rules.Open(resource.Ref, resource.Attribute("Arn"), resource.Properties);
        return Task.CompletedTask;
    }
}
