using Lapstack.Ground;
using Lapstack.Template;

namespace Lapstack.Services.SecretsManager;

/// <summary>
/// Secrets that the stack refers to and does not make: those that the user's secrets have are there.
/// </summary>
internal sealed class ExistingSecrets(SecretGifts gifts, UserSecrets users, Account account) : IExistingResources
{
    public void Open(Stack stack)
    {
        var own = stack.OfType("AWS::SecretsManager::Secret")
            .Select(one => SecretArn.NameIn(one.Ref))
            .ToHashSet(StringComparer.Ordinal);
        var arns = StackArns.Of(stack, "secretsmanager");
        foreach (var name in users.Names.Where(name => !own.Contains(name) && IsIn(arns, name)))
            gifts.Give(name, null, () => null, secret => secret);
    }

    /// <summary>By its ARN, by the beginning of it, or as a container's secret, which may go on with a key.</summary>
    private bool IsIn(IReadOnlyList<string> arns, string name)
    {
        var (arn, start) = (SecretArn.Derived(account, name), SecretArn.Prefix(account) + name);
        return arns.Have(arn)
            || arns.Any(one => one == start || one.StartsWith(start + ":", StringComparison.Ordinal));
    }
}
