using System.Text.Json.Nodes;
using Lapstack.Schedules;
using Lapstack.Template;

namespace Lapstack.Services.Scheduler;

/// <summary>
/// AWS::Scheduler::Schedule. Its role must trust the service, as it must at AWS when the schedule is made.
/// </summary>
internal sealed class ScheduleType(ScheduleStore schedules, TimeProvider clock) : IResourceType
{
    private const string Service = "scheduler.amazonaws.com";

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
        var role = resource.Properties["Target"]!["RoleArn"]!.ToString();
        if (!stack.OfType("AWS::IAM::Role").Any(known => known.Attribute("Arn") == role && Trusts(known)))
            throw new TemplateException(
                $"{resource.LogicalId} ({Type}): The execution role {role} must allow {Service} to assume it.");
        schedules.Open(resource.Ref, resource.Attribute("Arn"), resource.Properties);
        return Task.CompletedTask;
    }

    private static bool Trusts(StackResource role) =>
        Each(role.Properties["AssumeRolePolicyDocument"]?["Statement"]).Any(statement =>
            statement?["Effect"]?.ToString() == "Allow"
                && Each(statement["Principal"]?["Service"]).Any(service => service?.ToString() == Service));

    private static IEnumerable<JsonNode?> Each(JsonNode? oneOrMany) =>
        oneOrMany as JsonArray ?? (IEnumerable<JsonNode?>)[oneOrMany];
}
