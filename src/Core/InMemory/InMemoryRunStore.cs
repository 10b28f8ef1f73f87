using System.Collections.Concurrent;
using Jobs.Core.Ports;
using Jobs.Core.Runs;

namespace Jobs.Core.InMemory;

/// <summary>
/// The Runs table in memory, with the conditions the real one has. Index reads see the index, which follows each write at once
/// unless it is held, as a real one may fall behind.
/// </summary>
/// <param name="workers">The Results table beside it.</param>
public sealed class InMemoryRunStore(InMemoryWorkerRecords workers) : IRunStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RunId, Run> _runs = [];
    private readonly Dictionary<RunId, SortedDictionary<int, Attempt>> _attempts = [];
    private readonly SortedSet<string> _jobs = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _calls = new();
    private Dictionary<RunId, Run>? _heldIndex;

    /// <summary>Name of every call so far, in order.</summary>
    public IReadOnlyCollection<string> Calls => _calls;

    /// <summary>Every run as it is now.</summary>
    public IReadOnlyList<Run> All
    {
        get
        {
            lock (_gate) return [.. _runs.Values];
        }
    }

    /// <summary>Whether the index stays as it is now, whatever is written.</summary>
    public bool IndexIsHeld
    {
        set
        {
            lock (_gate) _heldIndex = value ? new(_runs) : null;
        }
    }

    public Run? Find(RunId id)
    {
        lock (_gate) return _runs.GetValueOrDefault(id);
    }

    public Task<bool> CreateAsync(Run run, CancellationToken cancellation) =>
        Call(nameof(CreateAsync), () => _runs.TryAdd(run.Id, run), cancellation);

    public Task<RunReading?> ReadAsync(RunId id, CancellationToken cancellation) =>
        Call(nameof(ReadAsync), () => _runs.TryGetValue(id, out var run) ? new RunReading(run, workers.Find(id)) : null, cancellation);

    public Task<bool> SaveAsync(Run run, CancellationToken cancellation) => Call(nameof(SaveAsync), () =>
    {
        if (_runs.GetValueOrDefault(run.Id)?.Version != run.Version - 1) return false;
        _runs[run.Id] = run;
        return true;
    }, cancellation);

    public Task<string?> ReadInputAsync(RunId id, CancellationToken cancellation) =>
        Call(nameof(ReadInputAsync), () => _runs.GetValueOrDefault(id)?.Input, cancellation);

    public Task SaveAttemptAsync(Attempt attempt, CancellationToken cancellation) => Call(nameof(SaveAttemptAsync), () =>
    {
        var attempts = _attempts.TryGetValue(attempt.Launch.Run, out var known) ? known : _attempts[attempt.Launch.Run] = [];
        return attempts[attempt.Launch.Number] = attempt;
    }, cancellation);

    public Task<IReadOnlyList<Attempt>> AttemptsAsync(RunId id, CancellationToken cancellation) =>
        Call<IReadOnlyList<Attempt>>(nameof(AttemptsAsync), () => _attempts.TryGetValue(id, out var attempts) ? [.. attempts.Values] : [], cancellation);

    public Task<IReadOnlyCollection<string>> RegisterJobsAsync(IReadOnlyCollection<string> deployed, CancellationToken cancellation) =>
        Call<IReadOnlyCollection<string>>(nameof(RegisterJobsAsync), () =>
        {
            _jobs.UnionWith(deployed);
            return [.. _jobs];
        }, cancellation);

    public Task<IReadOnlyList<RunId>> DueAsync(string job, DateTimeOffset now, int limit, CancellationToken cancellation) =>
        Call<IReadOnlyList<RunId>>(
            nameof(DueAsync),
            () => [.. Index(job).Where(run => !run.IsWaiting && run.NextCheckAt <= now).OrderBy(run => run.NextCheckAt).Take(limit).Select(run => run.Id)],
            cancellation);

    public Task<IReadOnlyList<Run>> WaitingAsync(string job, DateTimeOffset by, int limit, CancellationToken cancellation) =>
        Call<IReadOnlyList<Run>>(
            nameof(WaitingAsync),
            () => [.. Index(job).Where(run => run.IsWaiting && !(run.NotBefore > by)).OrderBy(run => run.NextCheckAt).Take(limit)],
            cancellation);

    public Task<IReadOnlyList<RunId>> OverdueAsync(string job, DateTimeOffset now, int limit, CancellationToken cancellation) =>
        Call<IReadOnlyList<RunId>>(
            nameof(OverdueAsync),
            () => [.. Index(job).Where(run => run.IsWaiting && RunTimes.RunDeadline(run) <= now).Take(limit).Select(run => run.Id)],
            cancellation);

    public Task<IReadOnlyList<RunId>> RecentAsync(string job, int limit, CancellationToken cancellation) =>
        Call<IReadOnlyList<RunId>>(
            nameof(RecentAsync),
            () => [.. Index(job).OrderByDescending(run => run.CreatedAt).Take(limit).Select(run => run.Id)],
            cancellation);

    private IEnumerable<Run> Index(string job) => (_heldIndex ?? _runs).Values.Where(run => run.Id.Job == job);

    private Task<T> Call<T>(string call, Func<T> operation, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _calls.Enqueue(call);
        lock (_gate) return Task.FromResult(operation());
    }
}
