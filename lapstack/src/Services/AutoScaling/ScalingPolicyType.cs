using Lapstack.Ground;
using Lapstack.Template;
using Lapstack.Wire;

namespace Lapstack.Services.AutoScaling;

/// <summary>
/// AWS::ApplicationAutoScaling::ScalingPolicy: target tracking on a metric of the stack, and step scaling that alarms
/// trigger.
/// </summary>
internal sealed class ScalingPolicyType(ScalingStore store, Account account) : IResourceType
{
    public string Type => "AWS::ApplicationAutoScaling::ScalingPolicy";

    public ResourceIdentity Identify(ResourceDeclaration declaration)
    {
        try
        {
            var policy = PolicyReader.Read(declaration.NameOr("PolicyName", 256), declaration.Properties, account);
            return new ResourceIdentity(policy.Arn, ("Arn", policy.Arn), ("Name", policy.Name));
        }
        catch (Exception refused) when (refused is FormatException or ServiceError)
        {
            throw new TemplateException($"{declaration.LogicalId} ({Type}): {refused.Message}");
        }
    }

    public Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation)
    {
        var policy = PolicyReader.Read(resource.Attribute("Name"), resource.Properties, account);
        if (store.Target(policy.TargetId) is null)
        {
            throw new TemplateException(
                $"{resource.LogicalId} ({Type}): No scalable target found for {policy.TargetId}.");
        }

        store.Add(policy);
        return Task.CompletedTask;
    }
}
