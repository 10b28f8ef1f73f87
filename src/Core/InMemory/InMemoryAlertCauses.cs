using Jobs.Core.Alerts;
using Jobs.Core.Ports;
using Jobs.Core.Runs;

namespace Jobs.Core.InMemory;

/// <summary>Causes of alerts in memory, with the conditions that the table's items have.</summary>
public sealed class InMemoryAlertCauses : IAlertCauses
{
    private readonly Lock _gate = new();
    private readonly Dictionary<AlertCauseKey, AlertCause> _open = [];

    public Task<AlertCount?> CountAsync(AlertCauseKey key, RunId run, string alertId, DateTimeOffset now, CancellationToken cancellation) => Call(() =>
    {
        if (!_open.TryGetValue(key, out var cause))
        {
            cause = _open[key] = new AlertCause(key) { AlertId = alertId, FirstRun = run.Key, OpenedAt = now, LastAt = now, Runs = [run.Key], Claims = 1, ClaimedAt = now };
            return new AlertCount(cause, IsFirst: true);
        }

        if (cause.IsClosing) return null;
        if (cause.Runs.Contains(run.Key)) return new AlertCount(cause, IsFirst: false);
        var runs = cause.Runs.Count < AlertCause.MaxRuns ? [.. cause.Runs, run.Key] : cause.Runs;
        cause = _open[key] = cause with { Count = cause.Count + 1, LastAt = now, Runs = runs };
        return new AlertCount(cause, IsFirst: false);
    }, cancellation);

    public Task<AlertCause?> SettleAsync(AlertCauseKey key, RunId run, bool recovered, DateTimeOffset now, CancellationToken cancellation) => Call(() =>
    {
        if (!_open.TryGetValue(key, out var cause)) return null;
        if (!cause.Runs.Contains(run.Key) && cause.CountIsExact) return null;
        return _open[key] = cause with
        {
            LastAt = now,
            Runs = [.. cause.Runs.Where(known => known != run.Key)],
            Settled = cause.Settled + 1,
            Recovered = cause.Recovered + (recovered ? 1 : 0),
        };
    }, cancellation);

    public Task<bool> ClaimAsync(AlertCause seen, AlertStep step, DateTimeOffset now, CancellationToken cancellation) => Call(() =>
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

    public Task<IReadOnlyList<AlertCause>> OpenAsync(CancellationToken cancellation) =>
        Call<IReadOnlyList<AlertCause>>(() => [.. _open.Values.OrderBy(cause => cause.Key.ToString(), StringComparer.Ordinal)], cancellation);

    private Task<T> Call<T>(Func<T> operation, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate) return Task.FromResult(operation());
    }
}
