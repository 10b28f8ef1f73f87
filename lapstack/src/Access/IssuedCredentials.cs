namespace Lapstack.Access;

/// <summary>Temporary credentials of a role session. Never log them.</summary>
public sealed record IssuedCredentials(
    string AccessKeyId,
    string SecretAccessKey,
    string SessionToken,
    DateTimeOffset Expiration,
    string RoleArn)
{
    public override string ToString() => $"credentials of {RoleArn} until {Expiration:O}";
}
