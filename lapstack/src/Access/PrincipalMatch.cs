using Lapstack.Ground;
namespace Lapstack.Access;

/// <summary>How a statement's Principal names the caller.</summary>
internal enum PrincipalMatch
{
    None,

    /// <summary>Through its account, which delegates to identity policies and grants nothing alone.</summary>
    Account,

    /// <summary>Itself, its role, or every caller.</summary>
    Itself,
}
