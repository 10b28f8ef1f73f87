using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Template;

namespace Lapstack.Access;

/// <summary>Every policy of a stack: by role, and by the resource it protects.</summary>
public sealed class PolicyBook
{
    private readonly Dictionary<string, List<Policy>> _byRole = new(StringComparer.Ordinal);
    private readonly List<(string Arn, Policy Policy)> _byResource = [];

    /// <exception cref="TemplateException">A role has a managed policy that is neither in the stack nor known
    /// here.</exception>
    public PolicyBook(Stack stack, Account account)
    {
        var managed = stack.OfType("AWS::IAM::ManagedPolicy")
            .ToDictionary(p => p.Ref, Document, StringComparer.Ordinal);
        foreach (var role in stack.OfType("AWS::IAM::Role"))
        {
            var policies = _byRole[role.Attribute("Arn")] = [];
            policies.AddRange(
                Items(role, "Policies").Select(
                    p => Parse(PolicyKind.Identity, (string)p["PolicyName"]!, p["PolicyDocument"]!, role.LogicalId)));
            policies.AddRange(
                Items(role, "ManagedPolicyArns").Select(arn => Managed((string)arn!, managed, role.LogicalId)));
            if (role.Text("PermissionsBoundary") is { } boundary)
                policies.Add(Managed(boundary, managed, role.LogicalId) with { Kind = PolicyKind.PermissionsBoundary });
        }

        foreach (var policy in stack.OfType("AWS::IAM::Policy").Concat(stack.OfType("AWS::IAM::ManagedPolicy")))
        {
            Attach(policy, stack);
        }

        foreach (var (arn, policy) in ResourcePolicies.Of(stack, account)) _byResource.Add((arn, policy));
    }

    public IEnumerable<string> Roles => _byRole.Keys;

    /// <summary>What a role may do; null when the stack has no such role.</summary>
    public IReadOnlyList<Policy>? OfRole(string roleArn) => _byRole.GetValueOrDefault(roleArn);

    /// <summary>The policies on a resource or on what contains it (an object's bucket).</summary>
    public IEnumerable<Policy> OfResource(string arn) => _byResource
        .Where(p => arn == p.Arn || arn.StartsWith(p.Arn + "/", StringComparison.Ordinal))
        .Select(p => p.Policy);

    internal static Policy Parse(PolicyKind kind, string name, JsonNode document, string logicalId)
    {
        try
        {
            return Policy.Parse(kind, name, document.AsObject());
        }
        catch (FormatException broken)
        {
            throw new TemplateException($"{logicalId}: {broken.Message}");
        }
    }

    private static Policy Document(StackResource policy) =>
        Parse(
            PolicyKind.Identity,
            policy.Text("PolicyName") ?? policy.LogicalId,
            policy.Properties["PolicyDocument"]!,
            policy.LogicalId);

    private static Policy Managed(string arn, Dictionary<string, Policy> own, string logicalId) =>
        own.GetValueOrDefault(arn) ?? ManagedPolicies.Find(arn) ?? throw new TemplateException(
            $"{logicalId}: the managed policy '{arn}' is not known locally. Declare its statements in the stack, or " +
            "add it to Access/ManagedPolicies.cs.");

    private static IEnumerable<JsonNode> Items(StackResource resource, string property) =>
        (resource.Properties[property] as JsonArray ?? []).Select(i => i!);

    // A policy names its roles by name, which is the role's Ref; a role declared elsewhere does not exist here.
    private void Attach(StackResource policy, Stack stack)
    {
        foreach (var name in Items(policy, "Roles").Select(r => (string)r!))
        {
            var role = stack.OfType("AWS::IAM::Role").FirstOrDefault(r => r.Ref == name)
                ?? throw new TemplateException($"{policy.LogicalId}: the role '{name}' is not in this stack.");
            _byRole[role.Attribute("Arn")].Add(Document(policy));
        }
    }
}
