namespace Lapstack.Access;

/// <summary>
/// Issues the temporary credentials of a role to functions and tasks. Calls signed with them are authorized as that
/// role.
/// </summary>
public interface ICredentialIssuer
{
    /// <param name="roleArn">A role of the stack.</param>
    /// <param name="sessionName">2 to 64 characters of <c>[\w+=,.@-]</c>; the function's name, or the task's
    /// id.</param>
    /// <param name="lifetime">How long the credentials are valid.</param>
    IssuedCredentials Issue(string roleArn, string sessionName, TimeSpan lifetime);
}
