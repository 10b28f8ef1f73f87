using System.Collections.Concurrent;
using Lapstack.Ground;
using Lapstack.State;

namespace Lapstack.Services.SecretsManager;

/// <summary>The secrets, in the state folder with the owner's rights only.</summary>
internal sealed class SecretStore
{
    private readonly ServiceState _state;
    private readonly TimeProvider _clock;
    private readonly Account _account;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, Secret> _secrets = new(StringComparer.Ordinal);

    public SecretStore(StateFolder state, TimeProvider clock, Account account)
    {
        (_state, _clock, _account) = (state.ForOwner("secretsmanager"), clock, account);
        foreach (var file in _state.List("secrets"))
        {
            var secret = _state.Read<Secret>(file)!;
            _secrets[secret.Name] = secret;
        }
    }

    /// <summary>Also those that are marked for deletion; in the order of their names.</summary>
    public IEnumerable<Secret> All =>
        _secrets.Values.Where(one => !IsGone(one)).OrderBy(one => one.Name, StringComparer.Ordinal);

    /// <param name="id">Name or ARN, also without its last six characters.</param>
    public Secret? Find(string id)
    {
        var prefix = SecretArn.Prefix(_account);
        var isArn = id.StartsWith(prefix, StringComparison.Ordinal);
        var found = _secrets.GetValueOrDefault(isArn ? id[prefix.Length..] : id)
            ?? (isArn ? _secrets.Values.FirstOrDefault(one => one.Arn == id) : null);
        return found is null || IsGone(found) ? null : found;
    }

    /// <summary>What a policy's Resource is compared with: a secret's ARN, or what would begin it.</summary>
    public string ArnOf(string id) => Find(id)?.Arn
        ?? (id.StartsWith("arn:", StringComparison.Ordinal) ? id : SecretArn.Prefix(_account) + id);

    /// <param name="make">Gets what has the name now, null for none; what it throws changes nothing.</param>
    public Secret Put(string name, Func<Secret?, Secret> make)
    {
        lock (_gate)
        {
            var old = Find(name);
            var secret = make(old);
            if (ReferenceEquals(old, secret)) return secret;
            secret = secret with { ChangedAt = _clock.GetUtcNow() };
            _state.Write(FileOf(name), secret);
            return _secrets[name] = secret;
        }
    }

    /// <summary>Changes a secret that is there and not marked for deletion.</summary>
    /// <param name="id">As in <see cref="Find"/>.</param>
    public Secret Change(string id, Func<Secret, Secret> change) =>
        Put(Known(id).Name, old => change(Living(old ?? throw SecretErrors.NotFound())));

    /// <exception cref="Wire.ServiceError">It is not there.</exception>
    public Secret Known(string id) => Find(id) ?? throw SecretErrors.NotFound();

    /// <exception cref="Wire.ServiceError">It is marked for deletion.</exception>
    public static Secret Living(Secret secret) => secret.GoesAt is null ? secret : throw SecretErrors.Deleted();

    public void Delete(string name)
    {
        lock (_gate)
        {
            _secrets.TryRemove(name, out _);
            _state.Delete(FileOf(name));
        }
    }

    private bool IsGone(Secret secret) => secret.GoesAt <= _clock.GetUtcNow();

    private static string FileOf(string name) => $"secrets/{FileNames.Hash(name)}.json";
}
