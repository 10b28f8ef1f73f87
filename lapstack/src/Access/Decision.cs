namespace Lapstack.Access;

/// <summary>IAM's three answers.</summary>
public enum Decision
{
    Allow,

    /// <summary>Nothing allows it.</summary>
    ImplicitDeny,

    /// <summary>A Deny statement matches; no Allow can help.</summary>
    ExplicitDeny,
}
