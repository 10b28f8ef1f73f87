using Jobs.Core.Ports;
using Jobs.Core.Runs;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>The Runs table as one process reaches it.</summary>
internal sealed class SimulatedRunStore(Process process) : IRunStore
{
    private readonly SimulatedWorld _world = process.World;
    private readonly bool _isTick = process.Name.StartsWith("tick", StringComparison.Ordinal);

    public Task<bool> CreateAsync(Run run, CancellationToken cancellation) =>
        process.CallAsync("Create", () => _world.Runs.TryCreate(run), cancellation);

    public Task<RunReading?> ReadAsync(RunId id, CancellationToken cancellation) =>
        Counted("Read", () => _world.Runs.Find(id) is { } run ? new RunReading(run, _world.Results.Find(id)) : null, cancellation);

    public Task<bool> SaveAsync(Run run, CancellationToken cancellation) =>
        process.CallAsync("Save", () => _world.Runs.TrySave(run), cancellation);

    public Task<string?> ReadInputAsync(RunId id, CancellationToken cancellation) =>
        Counted("ReadInput", () => _world.Runs.Find(id)?.Input, cancellation);

    public Task SaveAttemptAsync(Attempt attempt, CancellationToken cancellation) =>
        process.CallAsync("SaveAttempt", () => _world.Runs.SaveAttempt(attempt), cancellation);

    public Task<IReadOnlyList<Attempt>> AttemptsAsync(RunId id, CancellationToken cancellation) =>
        Counted("Attempts", () => _world.Runs.Attempts(id), cancellation);

    public Task<IReadOnlyCollection<string>> RegisterJobsAsync(IReadOnlyCollection<string> deployed, CancellationToken cancellation) =>
        process.CallAsync("RegisterJobs", () => _world.Runs.RegisterJobs(deployed), cancellation);

    public Task<IReadOnlyList<RunId>> DueAsync(string job, DateTimeOffset now, int limit, CancellationToken cancellation) =>
        Counted("Due", () => _world.Runs.Due(job, now, limit), cancellation);

    public Task<IReadOnlyList<Run>> WaitingAsync(string job, DateTimeOffset by, int limit, CancellationToken cancellation) =>
        Counted("Waiting", () => _world.Runs.Waiting(job, by, limit), cancellation);

    public Task<IReadOnlyList<RunId>> OverdueAsync(string job, DateTimeOffset now, int limit, CancellationToken cancellation) =>
        Counted("Overdue", () => _world.Runs.Overdue(job, now, limit), cancellation);

    public Task<IReadOnlyList<RunId>> RecentAsync(string job, int limit, CancellationToken cancellation) =>
        throw new NotSupportedException("Only people ask for recent runs.");

    /// <summary>A read, counted when it is the tick's: those must follow the runs under way.</summary>
    private Task<T> Counted<T>(string call, Func<T> effect, CancellationToken cancellation)
    {
        if (_isTick) _world.Runs.TickReads++;
        return process.CallAsync(call, effect, cancellation);
    }
}
