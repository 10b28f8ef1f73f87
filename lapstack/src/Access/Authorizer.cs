using System.Globalization;
using System.Text.Json.Nodes;
using Lapstack.Ground;

namespace Lapstack.Access;

/// <summary>Decides by the stack's policies, and words the refusal.</summary>
public sealed class Authorizer(Account account, TimeProvider clock) : IAuthorizer
{
    private PolicyBook? _book;

    /// <summary>The policies in force. Set when the stack is resolved, before the first request is answered.</summary>
    public PolicyBook Book
    {
        get => _book ?? throw new InvalidOperationException("The stack's policies are not loaded yet.");
        internal set => _book = value;
    }

    public string? Refusal(Caller caller, AccessRequest request)
    {
        if (caller.IsOwner) return null;
        var complete = request with { Context = Complete(caller, request.Context) };
        var policies = (caller.RoleArn is { } role ? Book.OfRole(role) ?? [] : [])
            .Concat(Book.OfResource(request.Resource))
            .ToList();
        return PolicyEvaluator.Evaluate(caller, complete, policies) switch
        {
            Decision.Allow => null,
            Decision.ExplicitDeny => Denied(caller, complete, policies),
            _ => NotAllowed(caller, complete, request, policies),
        };
    }

    private static string Sentence(Caller caller, AccessRequest request) =>
        $"User: {caller.Arn} is not authorized to perform: {request.Action} on resource: {request.Resource}";

    private static string Denied(Caller caller, AccessRequest request, List<Policy> policies)
    {
        var policy = PolicyEvaluator.FindDeny(caller, request, policies)!;
        var kind = policy.Kind == PolicyKind.Resource ? "a resource-based policy" : "an identity-based policy";
        return $"{Sentence(caller, request)} with an explicit deny in {kind} (policy {policy.Name}).";
    }

    private static string NotAllowed(Caller caller, AccessRequest complete, AccessRequest asked, List<Policy> policies)
    {
        var kind = caller.IsService ? "resource-based" : "identity-based";
        var message = $"{Sentence(caller, asked)} because no {kind} policy allows the {asked.Action} action.";
        var context = new RequestContext(complete.Context);
        var close = policies.FirstOrDefault(p => p.Statements.Any(
            s =>
                !s.Denies
                    && s.MatchesAction(asked.Action)
                    && s.MatchesResource(asked.Resource, context)
                    && !s.MatchesConditions(context)));
        if (close is not null)
        {
            var keys = asked.Context.Count == 0
                ? "none"
                : string.Join("; ", asked.Context.Select(k => $"{k.Key} = {string.Join(", ", k.Value)}"));
            return $"{message} Policy {close.Name} allows it under a condition that this request does not meet (its " +
                $"condition keys: {keys}).";
        }

        var where = caller.RoleArn is { } role
            ? $"Grant role {role}"
            : $"Add to the policy of {asked.Resource} for {caller.Arn}";
        return $"{message} {where}: {Grant(caller, asked)}";
    }

    private static string Grant(Caller caller, AccessRequest request)
    {
        var statement = new JsonObject
        {
            ["Effect"] = "Allow",
            ["Action"] = request.Action,
            ["Resource"] = request.Resource,
        };
        if (caller.IsService) statement["Principal"] = new JsonObject { ["Service"] = caller.Arn };
        return statement.ToJsonString();
    }

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
