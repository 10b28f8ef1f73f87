using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Template;

namespace Lapstack.Access;

/// <summary>Who may use which key: the policies of the stack's keys, and those of the keys that AWS manages.</summary>
internal static class KeyPolicies
{
    public static IEnumerable<(string Arn, Policy Policy)> Of(Stack stack, Account account)
    {
        foreach (var key in stack.OfType("AWS::KMS::Key"))
        {
            yield return (key.Attribute("Arn"), PolicyBook.Parse(
                PolicyKind.Trust, key.LogicalId, key.Properties["KeyPolicy"] ?? Default(account), key.LogicalId));
        }

        var names = new KeyNames(stack, account);
        foreach (var service in KeyNames.ServicesWithOwnKey)
        {
            var arn = names.OwnOf(service);
            yield return (arn, Policy.Parse(PolicyKind.Trust, arn, Managed(service, account)));
        }
    }

    /// <summary>https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html</summary>
    private static JsonObject Default(Account account) =>
        Document(new JsonObject { ["AWS"] = $"arn:aws:iam::{account.Id}:root" }, "kms:*", []);

    /// <summary>
    /// Callers of the account, through the service, and no other service: an alarm cannot publish to a topic with such
    /// a key. https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
    /// </summary>
    private static JsonObject Managed(string service, Account account) => Document(
        new JsonObject { ["AWS"] = "*" },
        "kms:*",
        new JsonObject
        {
            ["StringEquals"] = new JsonObject
            {
                ["kms:CallerAccount"] = account.Id,
                ["kms:ViaService"] = $"{service}.{account.Region}.amazonaws.com",
            },
        });

    private static JsonObject Document(JsonObject principal, string action, JsonObject condition) => new()
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new JsonObject
        {
            ["Effect"] = "Allow",
            ["Principal"] = principal,
            ["Action"] = action,
            ["Resource"] = "*",
            ["Condition"] = condition,
        },
    };
}
