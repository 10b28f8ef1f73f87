namespace Lapstack.Access;

/// <summary>The one way in which a service acts as a role: as the role's trust policy allows.</summary>
public static class RoleAssumption
{
    public const string Action = "sts:AssumeRole";

    /// <param name="service">Such as <c>lambda.amazonaws.com</c>.</param>
    /// <param name="sessionName">2 to 64 characters of <c>[\w+=,.@-]</c>.</param>
    /// <param name="sourceArn">For what the service acts; with the account it is what trust policies ask for.</param>
    /// <returns>A session of the role; null when the role does not trust the service, or is not in the stack.</returns>
    public static Caller? Assume(
        this IAuthorizer authorizer, string service, string roleArn, string sessionName, string sourceArn)
    {
        var session = Caller.Session(roleArn, sessionName);
        var request = new AccessRequest(
            Action, roleArn, new Dictionary<string, string[]> { ["aws:SourceArn"] = [sourceArn] });
        return authorizer.Refusal(Caller.Service(service, session.AccountId), request) is null ? session : null;
    }
}
