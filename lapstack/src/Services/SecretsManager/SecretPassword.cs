using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Wire;

namespace Lapstack.Services.SecretsManager;

/// <summary>
/// Passwords by the rules of GetRandomPassword and of a template's GenerateSecretString.
/// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html
/// </summary>
internal static class SecretPassword
{
    private const int DefaultLength = 32;
    private const int LongestLength = 4096;

    private static readonly (string Characters, string Exclusion)[] Types =
    [
        ("abcdefghijklmnopqrstuvwxyz", "ExcludeLowercase"),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ExcludeUppercase"),
        ("0123456789", "ExcludeNumbers"),
        ("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", "ExcludePunctuation"),
    ];

    /// <exception cref="ServiceError">The rules leave no such password.</exception>
    public static string Generate(JsonObject rules, Ids ids)
    {
        var length = LengthOf(rules);
        var types = TypesOf(rules);
        if (types.Count == 0)
            throw SecretErrors.Parameter("All characters are excluded: no password can be generated.");
        var all = string.Concat(types);
        var required = rules.Flag("RequireEachIncludedType", otherwise: true) ? types : [];
        if (required.Count > length)
            throw SecretErrors.Parameter("Password length is too short based on the required types.");
        var letters = required.Select(type => type[Below(type.Length)])
            .Concat(Enumerable.Range(0, length - required.Count).Select(_ => all[Below(all.Length)]))
            .ToArray();
        for (var i = letters.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (letters[i], letters[j]) = (letters[j], letters[i]);
        }

        return new string(letters);

        int Below(int end) => (int)(ids.Fraction() * end);
    }

    /// <summary>The whole secret: the password, or the template's JSON with it under its key.</summary>
    /// <inheritdoc cref="Generate"/>
    public static string Secret(JsonObject rules, Ids ids)
    {
        var password = Generate(rules, ids);
        var (template, key) = (rules.Text("SecretStringTemplate"), rules.Text("GenerateStringKey"));
        if (template is null && key is null) return password;
        if (template is null || key is null)
            throw SecretErrors.Parameter("SecretStringTemplate and GenerateStringKey must be given together.");
        var secret = ForeignJson.Object(template)
            ?? throw SecretErrors.Parameter("SecretStringTemplate must be a JSON object.");
        secret[key] = password;
        return secret.ToJsonString(JsonText.Plain);
    }

    private static int LengthOf(JsonObject rules)
    {
        var length = rules.Number("PasswordLength") ?? DefaultLength;
        return length is >= 1 and <= LongestLength
            ? length
            : throw SecretErrors.Parameter($"PasswordLength must be 1 to {LongestLength}.");
    }

    private static List<string> TypesOf(JsonObject rules)
    {
        var excluded = rules.Text("ExcludeCharacters") ?? "";
        return [.. Types
            .Where(type => !rules.Flag(type.Exclusion))
            .Select(type => type.Characters)
            .Concat(rules.Flag("IncludeSpace") ? [" "] : [])
            .Select(characters => string.Concat(characters.Except(excluded)))
            .Where(characters => characters.Length > 0)];
    }
}
