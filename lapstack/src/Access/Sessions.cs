using System.Collections.Concurrent;
using Lapstack.Ground;

namespace Lapstack.Access;

/// <summary>
/// The role sessions the emulator issued. Kept in memory: functions and tasks, their only users, do not survive it
/// either.
/// </summary>
public sealed class Sessions(Ids ids, TimeProvider clock) : ICredentialIssuer
{
    // AWS's prefix of temporary keys, then ours: so a key of an earlier run is refused, and not taken for the laptop's
    // owner.
    private const string Prefix = "ASIALOCAL";
    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    public IssuedCredentials Issue(string roleArn, string sessionName, TimeSpan lifetime)
    {
        var now = clock.GetUtcNow();
        foreach (var (key, session) in _sessions)
            if (session.Credentials.Expiration < now) _sessions.TryRemove(key, out _);
        var credentials = new IssuedCredentials(
            Prefix + ids.Capitals(11), ids.Text(40), ids.Text(120), now + lifetime, roleArn);
        _sessions[credentials.AccessKeyId] = new Session(credentials, Caller.Session(roleArn, sessionName));
        return credentials;
    }

    /// <summary>Whether the emulator issues keys of this shape.</summary>
    internal static bool IsOurs(string accessKeyId) => accessKeyId.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Null when there is no such session now, also when it has expired long ago.</summary>
    internal Session? Find(string accessKeyId) => _sessions.GetValueOrDefault(accessKeyId);

    internal sealed record Session(IssuedCredentials Credentials, Caller Caller);
}
