using System.Collections.Concurrent;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Workers;

namespace Jobs.Tests.InMemory;

/// <summary>
/// The Runs table in memory, with the conditions the real one has. Index reads see the index, which follows each write
/// at once unless it is held, as a real one may fall behind.
/// </summary>
/// <param name="workers">The Results table beside it.</param>
public sealed class InMemoryRunStore(InMemoryWorkerRecords workers) : IRunStore, IRunIndex
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RunId, Run> _runs = [];
    private readonly Dictionary<RunId, SortedDictionary<int, Attempt>> _attempts = [];
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
        Call(
            nameof(ReadAsync),
            () => _runs.TryGetValue(id, out var run) ? new RunReading(run, workers.Find(id)) : null,
            cancellation);

    public Task<RunReadings> ReadAsync(IReadOnlyCollection<RunId> ids, CancellationToken cancellation) =>
        Call(
            nameof(ReadAsync),
            () =>
                new RunReadings(
                    [.. ids.Where(_runs.ContainsKey).Select(id => new RunReading(_runs[id], workers.Find(id)))], []),
            cancellation);

    public Task<WorkerRecord?> CloseAsync(LaunchId launch, CancellationToken cancellation) =>
        Call(nameof(CloseAsync), () => workers.Close(launch), cancellation);

    public Task<bool> SaveAsync(Run run, CancellationToken cancellation) => Call(nameof(SaveAsync), () =>
    {
        if (_runs.GetValueOrDefault(run.Id)?.Version != run.Version - 1) return false;
        _runs[run.Id] = run;
        return true;
    }, cancellation);

    public Task<string?> ReadInputAsync(RunId id, CancellationToken cancellation) =>
        Call(nameof(ReadInputAsync), () => _runs.GetValueOrDefault(id)?.Input, cancellation);

    public Task SaveAttemptAsync(
        Attempt attempt, CancellationToken cancellation) => Call(nameof(SaveAttemptAsync), () =>
    {
        var attempts = _attempts.TryGetValue(attempt.Launch.Run, out var known)
            ? known
            : _attempts[attempt.Launch.Run] = [];
        return attempts[attempt.Launch.Number] = attempt;
    }, cancellation);

    public Task<IReadOnlyList<Attempt>> AttemptsAsync(RunId id, CancellationToken cancellation) =>
        Call<IReadOnlyList<Attempt>>(
            nameof(AttemptsAsync),
            () => _attempts.TryGetValue(id, out var attempts) ? [.. attempts.Values] : [],
            cancellation);

    public Task<IReadOnlyList<DueRun>> DueAsync(
        DateTimeOffset now, DateTimeOffset? after, int limit, CancellationToken cancellation) =>
        Call<IReadOnlyList<DueRun>>(
            nameof(DueAsync),
            () =>
            [
                .. Index.Where(run => run.NextCheckAt <= now && !(run.NextCheckAt < after))
                    .OrderBy(run => run.NextCheckAt).ThenBy(run => run.Id.Key, StringComparer.Ordinal)
                    .Take(limit).Select(run => new DueRun(run.Id, run.NextCheckAt!.Value)),
            ],
            cancellation);

    public Task<WaitingRuns> WaitingAsync(DateTimeOffset by, int limit, CancellationToken cancellation) => Call(
        nameof(WaitingAsync),
        () =>
            new WaitingRuns(
                [.. Index.Select(run => run.Id.Job)
                    .Distinct()
                    .Order(StringComparer.Ordinal)
                    .SelectMany(job => Waiting(job, by, limit))],
                []),
        cancellation);

    public Task<WaitingRuns> WaitingAsync(string job, DateTimeOffset by, int limit, CancellationToken cancellation) =>
        Call(nameof(WaitingAsync), () => new WaitingRuns([.. Waiting(job, by, limit)], []), cancellation);

    public Task<IReadOnlyDictionary<LaunchId, int>> CpuInUseAsync(CancellationToken cancellation) =>
        Call<IReadOnlyDictionary<LaunchId, int>>(
            nameof(CpuInUseAsync), () =>
                Index.Where(run => run is { Budgeted: true, MayHaveTask: true })
                    .ToDictionary(run => run.LaunchId, run => run.Size.Cpu), cancellation);

    private IEnumerable<Run> Waiting(string job, DateTimeOffset by, int limit) => Index
        .Where(run => run.Id.Job == job && run.TurnAt is not null && !(run.NotBefore > by))
        .OrderBy(run => run.TurnAt).ThenBy(run => run.Id.Key, StringComparer.Ordinal).Take(limit);

    private IEnumerable<Run> Index => (_heldIndex ?? _runs).Values;

    private Task<T> Call<T>(string call, Func<T> operation, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _calls.Enqueue(call);
        lock (_gate) return Task.FromResult(operation());
    }
}
