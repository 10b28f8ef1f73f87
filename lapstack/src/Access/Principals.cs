using System.Text.Json.Nodes;

namespace Lapstack.Access;

/// <summary>A statement's Principal or NotPrincipal.</summary>
internal sealed class Principals
{
    private readonly bool _negated;
    private readonly string[] _aws;
    private readonly string[] _services;

    private Principals(JsonNode node, bool negated)
    {
        _negated = negated;
        _aws = node is JsonObject by ? Statement.Texts(by["AWS"]) ?? [] : [node.ToString()];
        _services = node is JsonObject named ? Statement.Texts(named["Service"]) ?? [] : [];
    }

    public static Principals? Parse(JsonObject statement) =>
        statement["Principal"] is { } principal ? new(principal, false)
        : statement["NotPrincipal"] is { } not ? new(not, true)
        : null;

    public PrincipalMatch Match(Caller caller)
    {
        var match = _aws.Contains("*") ? PrincipalMatch.Itself
            : caller.IsService ? _services.Contains(caller.Arn) ? PrincipalMatch.Itself : PrincipalMatch.None
            : _aws.Contains(caller.Arn) || _aws.Contains(caller.RoleArn) ? PrincipalMatch.Itself
            : _aws.Contains(caller.AccountId)
                || _aws.Contains($"arn:aws:iam::{caller.AccountId}:root") ? PrincipalMatch.Account
            : PrincipalMatch.None;
        if (!_negated) return match;
        return match == PrincipalMatch.None ? PrincipalMatch.Itself : PrincipalMatch.None;
    }
}
