namespace Lapstack.Access;

/// <summary>Why a caller may not do what it asked.</summary>
/// <param name="Action">What is not allowed: what was asked, or the use of a key that it takes.</param>
/// <param name="Sentence">In AWS's words, fit for the wire.</param>
public sealed record AccessRefusal(string Action, string Sentence)
{
    /// <summary>Whether the key that encrypts the resource is refused, and not the resource.</summary>
    public bool IsOfKey => Action.StartsWith("kms:", StringComparison.Ordinal);

    public override string ToString() => Sentence;
}
