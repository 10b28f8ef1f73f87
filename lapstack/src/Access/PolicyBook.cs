using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Template;

namespace Lapstack.Access;

/// <summary>Every policy of a stack: by role, and by the resource it protects.</summary>
public sealed class PolicyBook
{
    private readonly Dictionary<string, List<Policy>> _byRole = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Policy> _trust = new(StringComparer.Ordinal);
    private readonly List<(string Arn, Policy Policy)> _byResource;
    private readonly KeyUses _keyUses;

    /// <exception cref="TemplateException">A role has a managed policy that is neither in the stack nor known
    /// here.</exception>
    public PolicyBook(Stack stack, Account account)
    {
        var managed = stack.OfType("AWS::IAM::ManagedPolicy")
            .ToDictionary(p => p.Ref, Document, StringComparer.Ordinal);
        foreach (var role in stack.OfType("AWS::IAM::Role"))
        {
            var arn = role.Attribute("Arn");
            _trust[arn] = Trust(role);
            var policies = _byRole[arn] = [];
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

        _byResource = [.. ResourcePolicies.Of(stack, account), .. KeyPolicies.Of(stack, account)];
        _keyUses = new KeyUses(stack, account);
        Constructs = new ConstructPaths(stack);
    }

    /// <summary>What the resources are called in the program that made the template.</summary>
    internal ConstructPaths Constructs { get; }

    public IEnumerable<string> Roles => _byRole.Keys;

    /// <summary>What a role may do; null when the stack has no such role.</summary>
    public IReadOnlyList<Policy>? OfRole(string roleArn) => _byRole.GetValueOrDefault(roleArn);

    /// <summary>
    /// The policies on the resource of a request, or on what contains it (an object's bucket). A role's own is asked
    /// only who may assume it, and of a role that is not in the stack it says: none.
    /// </summary>
    public IEnumerable<Policy> OfResource(AccessRequest request) => request.Action == RoleAssumption.Action
        ? [_trust.GetValueOrDefault(request.Resource) ?? new Policy(PolicyKind.Trust, request.Resource, [])]
        : OfResource(request.Resource);

    /// <summary>
    /// What must be allowed besides: the use of the key that encrypts the resource. Whether a service may use a key of
    /// another stack is not known here, so it is not asked.
    /// </summary>
    public IEnumerable<AccessRequest> KeyUsesOf(Caller caller, AccessRequest request) =>
        _keyUses.Of(caller, request).Where(use => !caller.IsService || OfResource(use.Resource).Any());

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

    private IEnumerable<Policy> OfResource(string arn) => _byResource
        .Where(p => arn == p.Arn || arn.StartsWith(p.Arn + "/", StringComparison.Ordinal))
        .Select(p => p.Policy);

    private static Policy Trust(StackResource role) =>
        role.Properties["AssumeRolePolicyDocument"] is JsonObject { Count: > 0 } document
            ? Parse(PolicyKind.Trust, $"{role.LogicalId} (trust)", document, role.LogicalId)
            : new Policy(PolicyKind.Trust, $"{role.LogicalId} (trust)", []);

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
