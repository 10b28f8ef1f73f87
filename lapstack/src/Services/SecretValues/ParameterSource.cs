using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Services.Ssm;

namespace Lapstack.Services.SecretValues;

/// <summary>Values of Parameter Store, as a task's start reads them.</summary>
internal sealed class ParameterSource(
    ParameterStore store, ParameterText text, IAuthorizer authorizer, SettingHelp help, Account account)
{
    private const string Failed =
        "unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets " +
        "from ssm: service call has been retried 1 time(s): ";

    public string Read(Caller caller, string valueFrom)
    {
        if (Missing(valueFrom) is { } missing)
            throw new SecretException($"{Failed}invalid ssm parameters: {valueFrom}. {missing}");
        var id = ParameterId.Read(valueFrom, store, account);
        var access = new AccessRequest("ssm:GetParameters", text.Arn(id.Name));
        return authorizer.Refusal(caller, access) is { } refusal
            ? throw new SecretException($"{Failed}AccessDeniedException: {refusal}")
            : store.Find(id)!.Value;
    }

    public string? Missing(string valueFrom)
    {
        if (valueFrom.StartsWith("arn:", StringComparison.Ordinal)
            && !valueFrom.StartsWith(account.Arn("ssm", "parameter/"), StringComparison.Ordinal))
        {
            return $"{valueFrom} is not a parameter of account {account.Id} in Region {account.Region}, and there is " +
                "no other here. Refer to it by name.";
        }

        var id = ParameterId.Read(valueFrom, store, account);
        if (store.Find(id) is not null) return null;
        var version = id.Version is { } number ? $"version {number}" : "value";
        return $"Parameter {id.Name} has no {version}. {help.Parameter(id.Name)}";
    }
}
