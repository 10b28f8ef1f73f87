namespace Lapstack.Services.SecretsManager;

/// <summary>One value of a secret: a text, or bytes.</summary>
/// <param name="Binary">In base64.</param>
/// <param name="Stages">Its labels, in the order in which they came; without any it is out of use.</param>
internal sealed record SecretVersion(
    string Id, string? Text, string? Binary, DateTimeOffset CreatedAt, IReadOnlyList<string> Stages)
{
    public bool Has(string stage) => Stages.Contains(stage, StringComparer.Ordinal);

    public bool HasSameValue(SecretVersion other) => (Text, Binary) == (other.Text, other.Binary);

    // A record prints its members; this one must not print its value.
    public override string ToString() => Id;
}
