using System.Globalization;
using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Wire;

namespace Lapstack.Services.SecretsManager;

/// <summary>
/// Calls that delete a secret, at once or after a while, and take that back.
/// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html
/// </summary>
internal sealed class SecretDeletion(SecretStore store, Account account, Ids ids, TimeProvider clock)
{
    /// <summary>In days.</summary>
    private const int DefaultWindow = 30;

    public Operation Delete(JsonCall call)
    {
        var (id, days) = (call.SecretId(), call.Input.Number("RecoveryWindowInDays"));
        var force = call.Input.Flag("ForceDeleteWithoutRecovery");
        if (force && days is not null)
            throw SecretErrors.Parameter(
                "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
        if (days is < 7 or > 30)
            throw SecretErrors.Parameter("RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
        var context = new Dictionary<string, string[]>
        {
            ["secretsmanager:SecretId"] = [id],
            ["secretsmanager:ForceDeleteWithoutRecovery"] = [force ? "true" : "false"],
        };
        if (days is { } window)
            context["secretsmanager:RecoveryWindowInDays"] = [window.ToString(CultureInfo.InvariantCulture)];
        return call.Answer(
            new AccessRequest("secretsmanager:DeleteSecret", store.ArnOf(id), context),
            () => force ? DeleteNow(id) : Mark(id, days ?? DefaultWindow));
    }

    public Operation Restore(JsonCall call)
    {
        var id = call.SecretId();
        var context = new Dictionary<string, string[]> { ["secretsmanager:SecretId"] = [id] };
        return call.Answer(
            new AccessRequest("secretsmanager:RestoreSecret", store.ArnOf(id), context),
            () => SecretText.Named(store.Put(
                store.Known(id).Name, old => old! with { GoesAt = null, DeletedAt = null })));
    }

    /// <summary>As on AWS, one that is not there is deleted as well.</summary>
    private JsonObject DeleteNow(string id)
    {
        var secret = store.Find(id);
        if (secret is not null) store.Delete(secret.Name);
        return Answer(
            secret ?? new Secret(id, SecretArn.Of(account, id, ids.Text(SecretArn.SuffixLength)), default, default),
            clock.GetUtcNow());
    }

    private JsonObject Mark(string id, int days)
    {
        var now = clock.GetUtcNow();
        var secret = store.Put(store.Known(id).Name, old => old!.GoesAt is null
            ? old with { DeletedAt = now, GoesAt = now.AddDays(days) }
            : throw SecretErrors.Request(
                "You can't perform this operation on the secret because it was already scheduled for deletion."));
        return Answer(secret, secret.GoesAt!.Value);
    }

    private static JsonObject Answer(Secret secret, DateTimeOffset at)
    {
        var answer = SecretText.Named(secret);
        answer["DeletionDate"] = EpochTime.Seconds(at);
        return answer;
    }
}
