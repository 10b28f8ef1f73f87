namespace Lapstack.Access;

/// <summary>
/// Where a policy is attached, which decides what its Allow is worth. A Deny is worth the same everywhere.
/// </summary>
public enum PolicyKind
{
    /// <summary>Attached to the caller's role: an Allow grants.</summary>
    Identity,

    /// <summary>
    /// Attached to the resource: an Allow to the caller itself grants; an Allow to the whole account only delegates to
    /// identity policies.
    /// </summary>
    Resource,

    /// <summary>
    /// Of a role (who may assume it) or of a key: as Resource, and identity policies count only where it delegates to
    /// them. https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
    /// </summary>
    Trust,

    /// <summary>Limits identity policies; grants nothing.</summary>
    PermissionsBoundary,

    /// <summary>The organization's limit on everything in the account; grants nothing.</summary>
    ServiceControl,

    /// <summary>Limits one session of a role; grants nothing.</summary>
    Session,
}
