using System.Security.Cryptography;
using System.Text;
using Lapstack.Ground;

namespace Lapstack.Services.SecretsManager;

/// <summary>ARNs of secrets: the name, a dash and six characters.</summary>
internal static class SecretArn
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>In characters.</summary>
    public const int SuffixLength = 6;

    /// <summary>What stands before the name.</summary>
    public static string Prefix(Account account) => account.Arn("secretsmanager", "secret:");

    public static string Of(Account account, string name, string suffix) => $"{Prefix(account)}{name}-{suffix}";

    /// <param name="arn">A whole one.</param>
    public static string NameIn(string arn) => arn.Split(':')[6][..^(SuffixLength + 1)];

    /// <summary>One that is derived from the name: the same after every start.</summary>
    public static string Derived(Account account, string name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{account.Id}/{name}"));
        return Of(account, name, string.Concat(hash.Take(SuffixLength).Select(b => Letters[b % Letters.Length])));
    }
}
