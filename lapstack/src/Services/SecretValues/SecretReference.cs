namespace Lapstack.Services.SecretValues;

/// <summary>
/// A secret as a container names it: its ARN, and what of it is meant.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
/// </summary>
/// <param name="Arn">Whole, or without its last six characters.</param>
/// <param name="JsonKey">Null for the whole value.</param>
/// <param name="Stage">Null for any label of the version, or for the current one.</param>
internal sealed record SecretReference(string Arn, string? JsonKey, string? Stage, string? VersionId)
{
    /// <summary>How many parts an ARN of a secret has.</summary>
    private const int ArnParts = 7;

    /// <summary>As it stands in the ARN, perhaps with six characters behind it.</summary>
    public string Name => Arn.Split(':')[^1];

    public static SecretReference Read(string valueFrom)
    {
        var parts = valueFrom.Split(':');
        return new SecretReference(string.Join(':', parts.Take(ArnParts)), Part(0), Part(1), Part(2));

        string? Part(int place) => parts.ElementAtOrDefault(ArnParts + place) is { Length: > 0 } part ? part : null;
    }
}
