using Lapstack.Template;
namespace Lapstack.Access;

/// <summary>Who makes a call.</summary>
/// <param name="Arn">
/// <c>arn:aws:iam::ACCOUNT:root</c> for the laptop's owner, <c>arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION</c> for a
/// role session, the service's name (<c>events.amazonaws.com</c>) for an AWS service.
/// </param>
/// <param name="UserId">As STS gives it: the account for the owner, <c>AROA…:SESSION</c> for a session. SQS calls it
/// SenderId.</param>
/// <param name="RoleArn">The role behind a session; null otherwise.</param>
public sealed record Caller(string Arn, string AccountId, string UserId, string? RoleArn)
{
    /// <summary>The account's administrator, allowed everything: the person at the laptop.</summary>
    public bool IsOwner => Arn.EndsWith(":root", StringComparison.Ordinal);

    /// <summary>An AWS service acting for itself; only resource policies can allow it.</summary>
    public bool IsService => Arn.EndsWith(".amazonaws.com", StringComparison.Ordinal);

    public static Caller Owner(string accountId) => new($"arn:aws:iam::{accountId}:root", accountId, accountId, null);

    /// <param name="name">Such as <c>events.amazonaws.com</c>.</param>
    public static Caller Service(string name, string accountId) => new(name, accountId, name, null);

    /// <summary>A session of a role. Its id is derived from the role, so it is the same after a restart.</summary>
    public static Caller Session(string roleArn, string sessionName)
    {
        var account = roleArn.Split(':')[4];
        var role = roleArn[(roleArn.LastIndexOf('/') + 1)..];
        return new(
            $"arn:aws:sts::{account}:assumed-role/{role}/{sessionName}",
            account,
            $"{RoleId.Of(roleArn)}:{sessionName}",
            roleArn);
    }
}
