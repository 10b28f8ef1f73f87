using Jobs.Core.Alerts;

namespace Jobs.Tests.InMemory;

/// <summary>Causes of alerts in memory, with the conditions that the table's items have.</summary>
public sealed class InMemoryAlertCauses : IAlertCauses
{
    private readonly Lock _gate = new();
    private readonly Dictionary<AlertCauseKey, AlertCause> _open = [];

    /// <summary>What another version wrote and this one cannot read.</summary>
    public IReadOnlyList<string> Unreadable { get; set; } = [];

    public Task<AlertCount?> CountAsync(
        AlertCauseKey key, AlertMember member, string alertId, DateTimeOffset now, CancellationToken cancellation) =>
        Call(() => Count(key, member, alertId, now), cancellation);

    public Task<AlertCause?> SettleAsync(
        AlertCauseKey key, AlertMember member, bool recovered, DateTimeOffset now, CancellationToken cancellation) =>
        Call(() => Settle(key, member, recovered, now), cancellation);

    public Task<bool> ClaimAsync(
        AlertCause seen, AlertStep step, DateTimeOffset now, CancellationToken cancellation) => Call(() =>
    {
        if (!_open.TryGetValue(seen.Key, out var cause) || cause.Claims != seen.Claims) return false;
        if (step == AlertStep.Over && cause.Count != seen.Count) return false;
        _open[seen.Key] = cause with { Claims = cause.Claims + 1, ClaimedAt = now, IsClosing = step == AlertStep.Over };
        return true;
    }, cancellation);

    public Task<bool> NoteSentAsync(AlertCause claimed, AlertStep step, CancellationToken cancellation) => Call(() =>
    {
        if (!_open.TryGetValue(claimed.Key, out var cause) || cause.Claims != claimed.Claims) return false;
        if (step == AlertStep.Over) return _open.Remove(claimed.Key);
        _open[claimed.Key] = cause with
        {
            ClaimedAt = null,
            FirstIsSent = cause.FirstIsSent || step == AlertStep.First,
            StormIsSent = cause.StormIsSent || step == AlertStep.Storm,
        };
        return true;
    }, cancellation);

    public Task<OpenCauses> OpenAsync(CancellationToken cancellation) => Call(
        () => new OpenCauses(
            [.. _open.Values.OrderBy(cause => cause.Key.ToString(), StringComparer.Ordinal)], Unreadable),
        cancellation);

    private AlertCount? Count(AlertCauseKey key, AlertMember member, string alertId, DateTimeOffset now)
    {
        if (!_open.TryGetValue(key, out var cause))
        {
            return new AlertCount(_open[key] = Open(key, member, alertId, now), IsFirst: true);
        }

        if (cause.IsClosing) return null;
        if (cause.Knows(member)) return new AlertCount(cause, IsFirst: false);
        var members = cause.IsFull ? cause.Members : [.. cause.Members, member.Name];
        cause = _open[key] = cause with { Count = cause.Count + 1, LastAt = now, Members = members };
        return new AlertCount(cause, IsFirst: false);
    }

    private AlertCause? Settle(AlertCauseKey key, AlertMember member, bool recovered, DateTimeOffset now)
    {
        if (!_open.TryGetValue(key, out var cause) || cause.SettledMembers.Contains(member.Name)) return null;
        var isCounted = cause.Members.Contains(member.Name);
        if (isCounted || !cause.IsFull)
        {
            cause = _open[key] = cause with
            {
                Members = [.. cause.Members.Where(name => name != member.Name)],
                SettledMembers = [.. cause.SettledMembers, member.Name],
            };
            if (!isCounted) return null;
        }

        return _open[key] = cause with
        {
            LastAt = now,
            Settled = cause.Settled + 1,
            Recovered = cause.Recovered + (recovered ? 1 : 0),
        };
    }

    private static AlertCause Open(AlertCauseKey key, AlertMember member, string id, DateTimeOffset now) => new(key)
    {
        AlertId = id,
        FirstRun = member.Run.Key,
        OpenedAt = now,
        LastAt = now,
        Members = [member.Name],
        Claims = 1,
        ClaimedAt = now,
    };

    private Task<T> Call<T>(Func<T> operation, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate) return Task.FromResult(operation());
    }
}
