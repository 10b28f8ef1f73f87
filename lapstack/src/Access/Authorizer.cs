using System.Globalization;
using Lapstack.Ground;

namespace Lapstack.Access;

/// <summary>Decides by the stack's policies, words the refusal, and tells who watches what would allow it.</summary>
public sealed class Authorizer(Account account, TimeProvider clock, Activity activity) : IAuthorizer
{
    private PolicyBook? _book;

    /// <summary>The policies in force. Set when the stack is resolved, before the first request is answered.</summary>
    public PolicyBook Book
    {
        get => _book ?? throw new InvalidOperationException("The stack's policies are not loaded yet.");
        internal set => _book = value;
    }

    public AccessRefusal? Refusal(Caller caller, AccessRequest request)
    {
        if (Judge(caller, request) is not var (refusal, remedy)) return null;
        activity.Report("IAM", "AccessDenied", $"{refusal.Sentence}. {remedy}");
        return refusal;
    }

    public AccessRefusal? SilentRefusal(Caller caller, AccessRequest request) => Judge(caller, request)?.Refusal;

    private (AccessRefusal Refusal, string Remedy)? Judge(Caller caller, AccessRequest request)
    {
        // The owner may do everything, and yet become only a role that trusts the account.
        if (caller.IsOwner) return request.Action == RoleAssumption.Action ? JudgeOne(caller, request) : null;
        return JudgeOne(caller, request)
            ?? Book.KeyUsesOf(caller, request)
                .Select(use => JudgeOne(caller, use))
                .FirstOrDefault(refused => refused is not null);
    }

    private (AccessRefusal Refusal, string Remedy)? JudgeOne(Caller caller, AccessRequest request)
    {
        var complete = request with { Context = Complete(caller, request.Context) };
        var policies = (caller.RoleArn is { } role ? Book.OfRole(role) ?? [] : [])
            .Concat(Book.OfResource(request))
            .ToList();
        if (PolicyEvaluator.FindDeny(caller, complete, policies) is { } denying)
            return (Refuse(caller, request, Because(denying)), $"Policy {denying.Name} denies it.");
        if (PolicyEvaluator.FindMissing(caller, complete, policies) is not { } missing) return null;
        var remedy = FindClose(caller, complete, policies) is { } close
            ? $"Policy {close.Name} allows it under a condition that this request does not meet (its condition keys: " +
                $"{Keys(request)})."
            : new Remedy(Book.Constructs).Of(caller, request, missing);
        return (Refuse(caller, request, Because(request.Action, missing)), remedy);
    }

    private static AccessRefusal Refuse(Caller caller, AccessRequest request, string because) => new(
        request.Action,
        $"User: {caller.Arn} is not authorized to perform: {request.Action} on resource: {request.Resource}{because}");

    private static string Because(Policy denying)
    {
        var kind = denying.Kind switch
        {
            PolicyKind.Resource or PolicyKind.Trust => "a resource-based policy",
            PolicyKind.PermissionsBoundary => "a permissions boundary",
            _ => "an identity-based policy",
        };
        return $" with an explicit deny in {kind}";
    }

    /// <summary>https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html</summary>
    private static string Because(string action, PolicyKind missing) => missing switch
    {
        // STS does not say why.
        PolicyKind.Trust when action == RoleAssumption.Action => "",
        PolicyKind.Resource or PolicyKind.Trust => $" because no resource-based policy allows the {action} action",
        PolicyKind.PermissionsBoundary => $" because no permissions boundary allows the {action} action",
        _ => $" because no identity-based policy allows the {action} action",
    };

    /// <summary>A policy that would allow it if its condition held.</summary>
    private static Policy? FindClose(Caller caller, AccessRequest request, List<Policy> policies)
    {
        var context = new RequestContext(request.Context);
        return policies.Find(policy => policy.Kind != PolicyKind.PermissionsBoundary && policy.Statements.Any(s =>
            !s.Denies
                && s.MatchPrincipal(caller) != PrincipalMatch.None
                && s.MatchesAction(request.Action)
                && s.MatchesResource(request.Resource, context)
                && !s.MatchesConditions(context)));
    }

    private static string Keys(AccessRequest request) => request.Context.Count == 0
        ? "none"
        : string.Join("; ", request.Context.Select(k => $"{k.Key} = {string.Join(", ", k.Value)}"));

    // aws:SecureTransport is true here: a bucket policy that demands TLS protects the way over a network, and a
    // loopback port has none. Saying false would make every correct stack unusable on a laptop.
    private Dictionary<string, string[]> Complete(Caller caller, IReadOnlyDictionary<string, string[]> context)
    {
        var now = clock.GetUtcNow();
        var complete = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase)
        {
            ["aws:SecureTransport"] = ["true"],
            ["aws:SourceIp"] = ["127.0.0.1"],
            ["aws:RequestedRegion"] = [account.Region],
            ["aws:CurrentTime"] = [IsoTime.Seconds(now)],
            ["aws:EpochTime"] = [now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)],
        };
        if (caller.IsService)
        {
            complete["aws:PrincipalIsAWSService"] = ["true"];
            complete["aws:PrincipalServiceName"] = [caller.Arn];
            complete["aws:SourceAccount"] = [account.Id];
        }
        else
        {
            complete["aws:PrincipalIsAWSService"] = ["false"];
            complete["aws:PrincipalArn"] = [caller.RoleArn ?? caller.Arn];
            complete["aws:PrincipalAccount"] = [caller.AccountId];
            complete["aws:PrincipalType"] = ["AssumedRole"];
            complete["aws:userid"] = [caller.UserId];
        }

        foreach (var (key, values) in context) complete[key] = values;
        return complete;
    }
}
