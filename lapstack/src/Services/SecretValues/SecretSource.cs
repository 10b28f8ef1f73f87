using System.Text.Json;
using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Services.SecretsManager;
using Lapstack.Wire;

namespace Lapstack.Services.SecretValues;

/// <summary>Values of Secrets Manager, as a task's start reads them.</summary>
internal sealed class SecretSource(SecretStore store, IAuthorizer authorizer, SettingHelp help, Account account)
{
    private const string Failed =
        "unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret " +
        "from asm: service call has been retried 1 time(s): ";

    public string Read(Caller caller, string valueFrom)
    {
        var reference = SecretReference.Read(valueFrom);
        var fetching = $"{Failed}failed to fetch secret {reference.Arn} from secrets manager: ";
        var (version, fault) = Find(reference);
        if (version is null) throw new SecretException(fetching + fault);
        var access = SecretReads.ValueAccess(
            store.ArnOf(reference.Arn), reference.Arn, reference.VersionId, reference.Stage);
        if (authorizer.Refusal(caller, access) is { } refusal)
            throw new SecretException($"{fetching}AccessDeniedException: {refusal}");
        return Select(reference, version, out var wrong) ?? throw new SecretException(Failed + wrong);
    }

    public string? Missing(string valueFrom)
    {
        var reference = SecretReference.Read(valueFrom);
        var (version, fault) = Find(reference);
        if (version is null) return fault;
        return Select(reference, version, out var wrong) is null ? wrong : null;
    }

    private (SecretVersion? Version, string Fault) Find(SecretReference reference)
    {
        if (!reference.Arn.StartsWith(SecretArn.Prefix(account), StringComparison.Ordinal))
        {
            return (null, $"{reference.Arn} is not a secret of account {account.Id} in Region {account.Region}, and " +
                "there is no other here. Refer to it by name.");
        }

        var secret = store.Find(reference.Arn);
        try
        {
            var living = SecretStore.Living(secret ?? throw SecretErrors.NotFound());
            return (SecretReads.Select(living, reference.VersionId, reference.Stage), "");
        }
        catch (ServiceError error)
        {
            var name = secret?.Name ?? reference.Name;
            return (null, $"{error.Code}: {error.Message.TrimEnd('.')}: {name}. " +
                help.Secret(name, isNew: secret is null));
        }
    }

    /// <summary>Null with what is wrong, in which nothing of the value is.</summary>
    private string? Select(SecretReference reference, SecretVersion version, out string wrong)
    {
        wrong = "";
        if (reference.JsonKey is not { } key)
        {
            wrong = "the secret is binary, and a container's environment takes text";
            return version.Text;
        }

        var name = store.Find(reference.Arn)!.Name;
        wrong = $"retrieved secret from Secrets Manager did not contain json key {key} (secret {name}). " +
            SettingHelp.Member(name, key);
        return version.Text is { } text && ForeignJson.Object(text)?[key] is { } value ? TextOf(value) : null;
    }

    private static string TextOf(JsonNode value) => value.GetValueKind() == JsonValueKind.String
        ? value.GetValue<string>()
        : value.ToJsonString(JsonText.Plain);
}
