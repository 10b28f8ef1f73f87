using System.Text.Json.Nodes;
using Lapstack.Access;

namespace Lapstack.Tests.Access;

/// <summary>Decisions documented by AWS, or derived from its documentation. Each line names its source.</summary>
public sealed class IamCorpusTests
{
    private const string File = "iam.jsonl";

    public static TheoryData<string> Ids => Vectors.Ids(File);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Evaluator_documented_case_decides_as_aws(string id)
    {
        var vector = JsonObject.Create(Vectors.Find(File, id))!;
        var context = vector["context"]!.AsObject().ToDictionary(
            c => c.Key,
            c => c.Value is JsonArray many ? many.Select(v => v!.ToString()).ToArray() : [c.Value!.ToString()]);
        var policies = vector["policies"]!.AsArray()
            .Select((p, i) => Policy.Parse(Kind((string)p!["type"]!), $"{id}-{i}", p["document"]!.AsObject()))
            .ToList();

        var decision = PolicyEvaluator.Evaluate(
            CallerOf((string)vector["principal"]!),
            new AccessRequest((string)vector["action"]!, (string)vector["resource"]!, context),
            policies);

        Assert.True(
            (string)vector["decision"]! == decision.ToString(),
            $"{id}: expected {vector["decision"]}, got {decision}: {vector["why"]}");
    }

    private static PolicyKind Kind(string type) => type switch
    {
        "identity" => PolicyKind.Identity,
        "resource" => PolicyKind.Resource,
        "permissions-boundary" => PolicyKind.PermissionsBoundary,
        "scp" => PolicyKind.ServiceControl,
        "session" => PolicyKind.Session,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a kind of policy."),
    };

    private static Caller CallerOf(string principal)
    {
        if (principal.EndsWith(".amazonaws.com", StringComparison.Ordinal))
        {
            return Caller.Service(principal, "111122223333");
        }

        var parts = principal.Split(':', '/');
        return parts[5] == "assumed-role"
            ? Caller.Session($"arn:aws:iam::{parts[4]}:role/{parts[6]}", parts[7])
            : new Caller(principal, parts[4], "AIDAEXAMPLE", null);
    }
}
