namespace Lapstack.Access;

/// <summary>
/// IAM's evaluation within one account, without I/O.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
/// </summary>
public static class PolicyEvaluator
{
    /// <param name="policies">Every policy that applies: those of the caller and that of the resource.</param>
    public static Decision Evaluate(Caller caller, AccessRequest request, IReadOnlyCollection<Policy> policies)
    {
        var context = new RequestContext(request.Context);
        if (FindDeny(caller, request, policies) is not null) return Decision.ExplicitDeny;
        if (!IsWithin(PolicyKind.ServiceControl, request, context, policies)) return Decision.ImplicitDeny;
        if (Grants(PolicyKind.Resource, caller, request, context, policies)) return Decision.Allow;
        var granted = Grants(PolicyKind.Identity, caller, request, context, policies)
            && IsWithin(PolicyKind.PermissionsBoundary, request, context, policies)
            && IsWithin(PolicyKind.Session, request, context, policies);
        return granted ? Decision.Allow : Decision.ImplicitDeny;
    }

    /// <summary>The first policy with a Deny that matches, null when there is none.</summary>
    public static Policy? FindDeny(Caller caller, AccessRequest request, IEnumerable<Policy> policies)
    {
        var context = new RequestContext(request.Context);
        return policies.FirstOrDefault(p => p.Statements.Any(
            s => s.Denies && s.MatchPrincipal(caller) != PrincipalMatch.None && s.Matches(request, context)));
    }

    private static bool Grants(
        PolicyKind kind, Caller caller, AccessRequest request, RequestContext context, IEnumerable<Policy> policies) =>
        policies.Where(p => p.Kind == kind).SelectMany(p => p.Statements).Any(
            s => !s.Denies && s.MatchPrincipal(caller) == PrincipalMatch.Itself && s.Matches(request, context));

    // A kind of limit that is not there limits nothing; of several policies of one kind each Allow counts.
    private static bool IsWithin(
        PolicyKind limit, AccessRequest request, RequestContext context, IEnumerable<Policy> policies)
    {
        var limits = policies.Where(p => p.Kind == limit).ToList();
        return limits.Count == 0
            || limits.SelectMany(p => p.Statements).Any(s => !s.Denies && s.Matches(request, context));
    }
}
