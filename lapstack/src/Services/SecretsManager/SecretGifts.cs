using System.Security.Cryptography;
using System.Text;
using Lapstack.Ground;

namespace Lapstack.Services.SecretsManager;

/// <summary>What a start gives to secrets: the template's value, and the user's own before it.</summary>
internal sealed class SecretGifts(SecretStore store, UserSecrets users, Account account, Ids ids, TimeProvider clock)
{
    /// <summary>
    /// Makes the secret, or takes up the one that is there. The template's value is given when it says something else
    /// than at an earlier start; the user's, at each start.
    /// </summary>
    /// <param name="declared">What the template says of the value; null when it says nothing.</param>
    /// <param name="make">Makes the value that is declared.</param>
    /// <param name="describe">Gives it what else the template says.</param>
    public void Give(string name, string? declared, Func<string?> make, Func<Secret, Secret> describe)
    {
        var now = clock.GetUtcNow();
        store.Put(name, old =>
        {
            var secret = describe(old ?? new Secret(name, "", now, now)) with
            {
                Arn = SecretArn.Derived(account, name),
            };
            var own = users.ValueOf(name);
            var given = Digest(own ?? declared);
            if (own is null && declared is not null && secret.Given != given) secret = WithValue(secret, make());
            secret = WithValue(secret, users.ValueOf(name, secret.Current?.Text)) with { Given = given };
            return secret;
        });
    }

    private Secret WithValue(Secret secret, string? value) =>
        value is null || secret.Current?.Text == value
            ? secret
            : secret.Add(new SecretVersion(ids.Uuid(), value, null, clock.GetUtcNow(), [SecretStages.Current]));

    private static string? Digest(string? text) =>
        text is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
