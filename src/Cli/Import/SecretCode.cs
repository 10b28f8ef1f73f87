using System.Text.RegularExpressions;

namespace Jobs.Cli.Import;

/// <summary>
/// A secret of SSM's parameters or of Secrets Manager. https://aws.github.io/copilot-cli/docs/developing/secrets/
/// </summary>
internal static partial class SecretCode
{
    public const string Exported =
        "What the export holds is not in the manifest. A parameter's name: write the name itself, as of the others. A " +
        "secret's ARN: add Secret.FromSecretsManager(SecretsManager.Secret.FromSecretCompleteArn(scope, ID, " +
        "Fn.ImportValue(EXPORT))) to Secrets.";

    private const string SecretArn = ":secretsmanager:";
    private const string ParameterArn = ":ssm:";

    /// <returns>Null for one whose kind only its export knows.</returns>
    public static string? Of(ManifestNode secret, string id)
    {
        if (secret.Find("from_cfn") is not null) return null;
        if (secret.Find("secretsmanager") is { } name) return OfName(name.Text(), id);
        var text = secret.Text();
        if (text.Contains(SecretArn, StringComparison.Ordinal))
        {
            return $"Secret.FromSecretsManager({OfArnAndKey(text, id)})";
        }

        var isArn = text.StartsWith("arn:", StringComparison.Ordinal);
        return isArn && text.Contains(ParameterArn, StringComparison.Ordinal)
            ? $"Secret.FromSsmParameter(StringParameter.FromStringParameterArn(\n{CSharp.Indented(
                $"scope, {CSharp.Text(id)}, {CSharp.Text(text)}))")}"
            : $"Secret.FromSsmParameter(StringParameter.FromSecureStringParameterAttributes(\n{CSharp.Indented(
                $"scope, {CSharp.Text(id)}, {CSharp.Short(
                    "new SecureStringParameterAttributes", ("ParameterName", CSharp.Text(text)))}))")}";
    }

    /// <summary>A secret by its ARN, as CDK's SecretsManager knows it.</summary>
    public static string OfArn(string arn, string id) =>
        $"SecretsManager.Secret.{(IsComplete().IsMatch(arn) ? "FromSecretCompleteArn" : "FromSecretPartialArn")}(" +
        $"scope, {CSharp.Text(id)}, {CSharp.Text(arn)})";

    /// <summary>An ARN has seven parts; behind it come the key in the secret's JSON, a stage and a version.</summary>
    private static string OfArnAndKey(string text, string id)
    {
        var parts = text.Split(':');
        var arn = OfArn(string.Join(':', parts.Take(7)), id);
        return parts.ElementAtOrDefault(7) is { Length: > 0 } key ? $"{arn}, {CSharp.Text(key)}" : arn;
    }

    private static string OfName(string text, string id)
    {
        var parts = text.Split(':');
        var secret = $"SecretsManager.Secret.FromSecretNameV2(scope, {CSharp.Text(id)}, {CSharp.Text(parts[0])})";
        var (key, stage, version) = (Part(1), Part(2), Part(3));
        var ofKey = key is null ? "" : $", {CSharp.Text(key)}";
        if (stage is null && version is null) return $"Secret.FromSecretsManager({secret}{ofKey})";
        var which = CSharp.Short(
            "new SecretVersionInfo",
            version is null ? ("VersionStage", CSharp.Text(stage!)) : ("VersionId", CSharp.Text(version)));
        return $"Secret.FromSecretsManagerVersion({secret}, {which}{ofKey})";

        string? Part(int index) => parts.ElementAtOrDefault(index) is { Length: > 0 } part ? part : null;
    }

    /// <summary>With the six characters that Secrets Manager adds.</summary>
    [GeneratedRegex(@"-[A-Za-z0-9]{6}\z")]
    private static partial Regex IsComplete();
}
