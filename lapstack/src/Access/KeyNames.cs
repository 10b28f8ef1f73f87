using Lapstack.Ground;
using Lapstack.Template;

namespace Lapstack.Access;

/// <summary>The ARN behind the many ways in which a template names a key: ARN, id, alias, ARN of an alias.</summary>
internal sealed class KeyNames(Stack stack, Account account)
{
    private const string Alias = "alias/";

    /// <summary>The services whose own key, which AWS manages, a stack can name.</summary>
    public static readonly string[] ServicesWithOwnKey = ["sns", "sqs", "s3", "dynamodb"];

    private readonly Dictionary<string, string> _targets = stack.OfType("AWS::KMS::Alias").ToDictionary(
        alias => alias.Ref, alias => alias.Text("TargetKeyId") ?? "", StringComparer.Ordinal);

    /// <summary>Of an alias that the stack does not make: the alias's own ARN.</summary>
    public string ArnOf(string name)
    {
        var bare = name.Split(':', 6) is ["arn", _, _, _, _, var resource] ? resource : name;
        if (!bare.StartsWith(Alias, StringComparison.Ordinal))
            return bare == name ? account.Arn("kms", $"key/{name}") : name;
        return _targets.TryGetValue(bare, out var target) ? ArnOf(target) : account.Arn("kms", bare);
    }

    /// <summary>ARN of the key that AWS manages for a service of the account.</summary>
    public string OwnOf(string service) => account.Arn("kms", $"{Alias}aws/{service}");
}
