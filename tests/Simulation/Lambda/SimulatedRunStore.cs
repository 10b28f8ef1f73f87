using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Workers;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>The Runs table and its indexes as one process reaches them.</summary>
internal sealed class SimulatedRunStore(Process process) : IRunStore, IRunIndex
{
    private readonly SimulatedWorld _world = process.World;
    private readonly bool _isTick = process.Name.StartsWith("tick", StringComparison.Ordinal);

    public Task<bool> CreateAsync(Run run, CancellationToken cancellation) =>
        process.CallAsync("Create", () => _world.Runs.TryCreate(run), cancellation);

    public Task<RunReading?> ReadAsync(RunId id, CancellationToken cancellation) =>
        Counted("Read", () => Find(id), cancellation);

    public Task<RunReadings> ReadAsync(IReadOnlyCollection<RunId> ids, CancellationToken cancellation) =>
        Counted("ReadMany", () => new RunReadings([.. ids.Select(Find).OfType<RunReading>()], []), cancellation);

    public Task<bool> SaveAsync(Run run, CancellationToken cancellation) =>
        process.CallAsync("Save", () => _world.Runs.TrySave(run), cancellation);

    public Task<WorkerRecord?> CloseAsync(LaunchId launch, CancellationToken cancellation) =>
        process.CallAsync("Close", () => _world.Results.Close(launch), cancellation);

    public Task<string?> ReadInputAsync(RunId id, CancellationToken cancellation) =>
        Counted("ReadInput", () => _world.Runs.Find(id)?.Input, cancellation);

    public Task SaveAttemptAsync(Attempt attempt, CancellationToken cancellation) =>
        process.CallAsync("SaveAttempt", () => _world.Runs.SaveAttempt(attempt), cancellation);

    public Task<IReadOnlyList<Attempt>> AttemptsAsync(RunId id, CancellationToken cancellation) =>
        Counted("Attempts", () => _world.Runs.Attempts(id), cancellation);

    public Task<IReadOnlyList<DueRun>> DueAsync(
        DateTimeOffset now, DateTimeOffset? after, int limit, CancellationToken cancellation) =>
        Counted("Due", () => _world.Runs.Due(now, after, limit), cancellation);

    public Task<WaitingRuns> WaitingAsync(DateTimeOffset by, int limit, CancellationToken cancellation) =>
        Counted("Waiting", () => new WaitingRuns(_world.Runs.Waiting(by, limit), []), cancellation);

    public Task<WaitingRuns> WaitingAsync(string job, DateTimeOffset by, int limit, CancellationToken cancellation) =>
        Counted("WaitingOfJob", () => new WaitingRuns(_world.Runs.Waiting(job, by, limit), []), cancellation);

    public Task<IReadOnlyDictionary<LaunchId, int>> CpuInUseAsync(CancellationToken cancellation) =>
        Counted("CpuInUse", () => _world.Runs.CpuInUse(), cancellation);

    private RunReading? Find(RunId id) =>
        _world.Runs.Find(id) is { } run ? new RunReading(run, _world.Results.Find(id)) : null;

    /// <summary>A read, counted when it is the tick's: those must follow the runs under way.</summary>
    private Task<T> Counted<T>(string call, Func<T> effect, CancellationToken cancellation)
    {
        if (_isTick) _world.Runs.TickReads++;
        return process.CallAsync(call, effect, cancellation);
    }
}
