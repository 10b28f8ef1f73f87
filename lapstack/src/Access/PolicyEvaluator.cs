namespace Lapstack.Access;

/// <summary>
/// IAM's evaluation within one account, without I/O.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
/// </summary>
public static class PolicyEvaluator
{
    /// <param name="policies">Every policy that applies: those of the caller and that of the resource.</param>
    public static Decision Evaluate(Caller caller, AccessRequest request, IReadOnlyCollection<Policy> policies) =>
        FindDeny(caller, request, policies) is not null ? Decision.ExplicitDeny
        : FindMissing(caller, request, policies) is not null ? Decision.ImplicitDeny
        : Decision.Allow;

    /// <summary>The first policy with a Deny that matches, null when there is none.</summary>
    public static Policy? FindDeny(Caller caller, AccessRequest request, IEnumerable<Policy> policies)
    {
        var context = new RequestContext(request.Context);
        return policies.FirstOrDefault(p => p.Statements.Any(
            s => s.Denies && s.MatchPrincipal(caller) != PrincipalMatch.None && s.Matches(request, context)));
    }

    /// <summary>The kind of policy in which an Allow is missing; null when none is.</summary>
    public static PolicyKind? FindMissing(
        Caller caller, AccessRequest request, IReadOnlyCollection<Policy> policies)
    {
        var context = new RequestContext(request.Context);
        bool Grants(PolicyKind kind, PrincipalMatch least = PrincipalMatch.Itself) => policies
            .Where(p => p.Kind == kind)
            .SelectMany(p => p.Statements)
            .Any(s => !s.Denies && s.MatchPrincipal(caller) >= least && s.Matches(request, context));

        // A kind of limit that is not there limits nothing; of several policies of one kind each Allow counts.
        bool IsWithin(PolicyKind limit) => policies.All(p => p.Kind != limit) || Grants(limit);

        if (!IsWithin(PolicyKind.ServiceControl)) return PolicyKind.ServiceControl;
        if (Grants(PolicyKind.Resource) || Grants(PolicyKind.Trust)) return null;
        if (policies.Any(p => p.Kind == PolicyKind.Trust) && !Grants(PolicyKind.Trust, PrincipalMatch.Account))
            return PolicyKind.Trust;
        if (caller.IsService) return PolicyKind.Resource;
        // The laptop's owner has no policies, and may do what any could let it do.
        if (caller.IsOwner) return null;
        if (!Grants(PolicyKind.Identity)) return PolicyKind.Identity;
        if (!IsWithin(PolicyKind.PermissionsBoundary)) return PolicyKind.PermissionsBoundary;
        return IsWithin(PolicyKind.Session) ? null : PolicyKind.Session;
    }
}
