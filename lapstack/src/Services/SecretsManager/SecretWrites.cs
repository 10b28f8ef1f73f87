using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Wire;

namespace Lapstack.Services.SecretsManager;

/// <summary>Calls that make secrets and give them values.</summary>
internal sealed class SecretWrites(SecretStore store, Account account, Ids ids, TimeProvider clock)
{
    /// <summary>https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html</summary>
    public Operation Create(JsonCall call)
    {
        var input = call.Input;
        var name = input.Text("Name") ?? throw SecretErrors.Validation(
            "1 validation error detected: Value at 'name' failed to satisfy constraint: Member must not be null");
        SecretRequest.CheckName(name);
        if (input["AddReplicaRegions"] is JsonArray { Count: > 0 })
            throw ServiceError.Unsupported("secretsmanager", "CreateSecret with AddReplicaRegions");
        var version = SecretRequest.Version(input, ids, clock);
        var made = new Secret(
            name, SecretArn.Of(account, name, ids.Text(SecretArn.SuffixLength)), clock.GetUtcNow(), clock.GetUtcNow())
        {
            Description = input.Text("Description"),
            KmsKeyId = input.Text("KmsKeyId"),
            Tags = SecretRequest.Tags(input),
        };
        var context = new Dictionary<string, string[]> { ["secretsmanager:Name"] = [name] };
        return call.Answer(new AccessRequest("secretsmanager:CreateSecret", store.ArnOf(name), context), () =>
        {
            var secret = store.Put(name, old => old is null
                ? version is null ? made : made.Add(version)
                : Repeated(old, version));
            return WithVersion(secret, version);
        });
    }

    public Operation PutValue(JsonCall call)
    {
        var stages = call.Input.Texts("VersionStages");
        var version = SecretRequest.Version(call.Input, ids, clock, stages is { Count: > 0 } ? stages : null)
            ?? throw SecretErrors.Request("You must provide either SecretString or SecretBinary.");
        return call.Answer(Access(call), () =>
        {
            var secret = store.Change(call.SecretId(), old => WithValue(old, version));
            var answer = WithVersion(secret, version);
            answer["VersionStages"] = SecretText.Stages(secret.Find(version.Id)!);
            return answer;
        });
    }

    public Operation Update(JsonCall call)
    {
        var input = call.Input;
        var version = SecretRequest.Version(input, ids, clock);
        return call.Answer(Access(call), () => WithVersion(
            store.Change(call.SecretId(), old =>
            {
                var changed = old with
                {
                    Description = input.Text("Description") ?? old.Description,
                    KmsKeyId = input.Text("KmsKeyId") ?? old.KmsKeyId,
                };
                return version is null ? changed : WithValue(changed, version);
            }),
            version));
    }

    /// <summary>
    /// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html
    /// </summary>
    public Operation MoveStage(JsonCall call)
    {
        var input = call.Input;
        var stage = input.Text("VersionStage") ?? throw SecretErrors.Validation(
            "1 validation error detected: Value at 'versionStage' failed to satisfy constraint: Member must not be " +
            "null");
        var (from, to) = (input.Text("RemoveFromVersionId"), input.Text("MoveToVersionId"));
        var access = Access(call);
        access = access with
        {
            Context = new Dictionary<string, string[]>(access.Context) { ["secretsmanager:VersionStage"] = [stage] },
        };
        return call.Answer(access, () => SecretText.Named(store.Change(call.SecretId(), secret =>
        {
            CheckMove(secret, stage, from, to);
            return secret.Move(stage, to);
        })));
    }

    private static void CheckMove(Secret secret, string stage, string? from, string? to)
    {
        if (to is not null && secret.Find(to) is null) throw SecretErrors.NoValue($"VersionId: {to}");
        if (to is null && stage == SecretStages.Current)
            throw SecretErrors.Parameter(
                $"You can only move staging label {SecretStages.Current} to a different secret version. It can't be " +
                "completely removed.");
        var holder = secret.Labelled(stage)?.Id;
        if (holder == from || holder == to) return;
        throw SecretErrors.Parameter(from is null
            ? $"The parameter RemoveFromVersionId can't be empty. Staging label {stage} is currently attached to " +
                $"version {holder}, so you must explicitly reference that version in RemoveFromVersionId."
            : $"You can't remove staging label {stage} from version {from}: it is not attached to it.");
    }

    private static Secret Repeated(Secret old, SecretVersion? version)
    {
        if (old.GoesAt is not null)
            throw SecretErrors.Request(
                "You can't create this secret because a secret with this name is already scheduled for deletion.");
        return version is not null && old.Find(version.Id)?.HasSameValue(version) == true
            ? old
            : throw SecretErrors.Exists($"The operation failed because the secret {old.Name} already exists.");
    }

    private static Secret WithValue(Secret secret, SecretVersion version)
    {
        if (secret.Find(version.Id) is not { } known) return secret.Add(version);
        return known.HasSameValue(version)
            ? secret
            : throw SecretErrors.Exists(
                $"You can't use ClientRequestToken {version.Id} because that value is already in use for a version " +
                $"of secret {secret.Arn}.");
    }

    private static JsonObject WithVersion(Secret secret, SecretVersion? version)
    {
        var answer = SecretText.Named(secret);
        if (version is not null) answer["VersionId"] = version.Id;
        return answer;
    }

    private AccessRequest Access(JsonCall call) => new(
        $"secretsmanager:{call.Name}",
        store.ArnOf(call.SecretId()),
        new Dictionary<string, string[]> { ["secretsmanager:SecretId"] = [call.SecretId()] });
}
