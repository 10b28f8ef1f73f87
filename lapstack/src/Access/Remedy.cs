using System.Text.Json.Nodes;
using Lapstack.Ground;

namespace Lapstack.Access;

/// <summary>What the author of a stack does about a refusal: the statement that is missing, and CDK's grant.</summary>
internal sealed class Remedy(ConstructPaths constructs)
{
    public string Of(Caller caller, AccessRequest request, PolicyKind missing)
    {
        var statement = Statement(caller, request, missing).ToJsonString(JsonText.Plain);
        var remedy = $"{Place(caller, request, missing)}: {statement}";
        return Grant(caller, request, missing) is { } grant ? $"{remedy} In CDK: {grant}" : remedy;
    }

    private static string Place(Caller caller, AccessRequest request, PolicyKind missing) => missing switch
    {
        PolicyKind.Identity => $"Grant role {caller.RoleArn}",
        PolicyKind.PermissionsBoundary => $"Add to the permissions boundary of role {caller.RoleArn}",
        PolicyKind.Trust when request.Action == RoleAssumption.Action =>
            $"Add to the trust policy of {request.Resource}",
        _ => $"Add to the policy of {request.Resource}",
    };

    private static JsonObject Statement(Caller caller, AccessRequest request, PolicyKind missing)
    {
        var statement = new JsonObject { ["Effect"] = "Allow", ["Action"] = request.Action };
        if (request.Action != RoleAssumption.Action || missing == PolicyKind.Identity)
            statement["Resource"] = request.Resource;
        if (missing is not (PolicyKind.Resource or PolicyKind.Trust)) return statement;
        statement["Principal"] = caller.IsService
            ? new JsonObject { ["Service"] = caller.Arn }
            : new JsonObject { ["AWS"] = caller.RoleArn ?? caller.Arn };
        return statement;
    }

    private string? Grant(Caller caller, AccessRequest request, PolicyKind missing)
    {
        if (missing is PolicyKind.PermissionsBoundary) return null;
        if (caller.IsService && request.Action == RoleAssumption.Action)
        {
            var where = Where(("the role", request.Resource));
            return $"new RoleProps {{ AssumedBy = new ServicePrincipal(\"{caller.Arn}\") }}{where}";
        }

        if (CdkGrants.Find(request.Action) is not var (construct, method)) return null;
        return caller.IsService
            ? $"{construct}.{method}(new ServicePrincipal(\"{caller.Arn}\")){Where((construct, request.Resource))}"
            : $"{construct}.{method}(grantee){Where((construct, request.Resource), ("grantee", caller.RoleArn))}";
    }

    /// <summary>Which constructs the words stand for, as far as the template says.</summary>
    private string Where(params (string Word, string? Arn)[] words)
    {
        var known = words
            .Select(one => (one.Word, Path: one.Arn is null ? null : constructs.Find(one.Arn)))
            .Where(one => one.Path is not null)
            .Select(one => $"{one.Word} is {one.Path}")
            .ToList();
        return known.Count == 0 ? "" : $" ({string.Join(", ", known)})";
    }
}
