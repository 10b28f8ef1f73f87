using Jobs.Core.Definitions;
using Jobs.Core.Ports;
using Jobs.Core.Runs;

namespace Jobs.Core.Dispatch;

/// <summary>
/// What is to be launched next: the jobs in turn, each job's runs in the order of its queue, no more of a capped job than it has free
/// slots, and no more of all than the CPU budget has room for. Reads permits only of jobs that have somebody waiting.
/// </summary>
internal sealed class DispatchQueue(IRunStore runs, ISlots slots, IVcpuBudget? budget, JobCatalog catalog, TimeProvider clock)
{
    /// <summary>Runs of one round: five seconds' worth at Fargate's default rate, after which the queue is read again.</summary>
    public const int RoundSize = 100;

    /// <summary>A run whose time comes this soon is waited for, instead of being left to the next tick.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromSeconds(10);

    private const int Parallelism = 8;

    /// <summary>Versions that were handed out: the index may show a run as waiting for a moment after it was launched.</summary>
    private readonly Dictionary<RunId, int> _handedOut = [];

    private int _turn;

    /// <summary>The next round. <see cref="DispatchRound.Runs"/> is empty when nothing can be launched now.</summary>
    public async Task<DispatchRound> NextAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var waiting = new Run[catalog.Jobs.Count][];
        var failures = await Concurrently.ForEachAsync(Enumerable.Range(0, waiting.Length), Parallelism, async index =>
        {
            waiting[index] = [];
            waiting[index] = await WaitingAsync(catalog.Jobs[index].Name, now, cancellation);
        }, cancellation);
        var startable = waiting.Select(queue => queue.Where(run => !(run.NotBefore > now)).ToList()).ToList();
        var use = budget is not null && startable.Any(queue => queue.Any(run => run.Policy.Budgeted)) ? await budget.ReadAsync(cancellation) : null;
        return new DispatchRound(
            InTurn(startable, use),
            waiting.SelectMany(queue => queue).Where(run => run.NotBefore > now).Min(run => run.NotBefore),
            failures);
    }

    private async Task<Run[]> WaitingAsync(string job, DateTimeOffset now, CancellationToken cancellation)
    {
        var seen = await runs.WaitingAsync(job, now + Horizon, 2 * RoundSize, cancellation);
        var waiting = seen.Where(run => _handedOut.GetValueOrDefault(run.Id) < run.Version).ToArray();
        if (waiting.All(run => run.Policy.MaxConcurrent is null)) return waiting;
        var holders = (await slots.HoldersAsync(job, cancellation)).Count;
        return [.. waiting.Where((run, place) => place < (run.Policy.MaxConcurrent ?? int.MaxValue) - holders)];
    }

    /// <summary>One run of each job that has any left, beginning with the job after the last one served, until the round is full.</summary>
    private List<Run> InTurn(List<List<Run>> queues, VcpuUse? use)
    {
        var round = new List<Run>();
        for (var (place, served) = (0, true); served; place++)
        {
            served = false;
            for (var i = 0; i < queues.Count && round.Count < RoundSize; i++)
            {
                var job = (_turn + i) % queues.Count;
                if (place >= queues[job].Count || !HasShare(queues[job][place], ref use)) continue;
                round.Add(queues[job][place]);
                served = true;
            }
        }

        foreach (var run in round) _handedOut[run.Id] = run.Version;
        if (round.Count > 0) _turn = catalog.Jobs.ToList().FindIndex(job => job.Name == round[^1].Id.Job) + 1;
        return round;
    }

    // The first that does not fit keeps the room: were later, smaller ones let past, a large run would never have its turn.
    private static bool HasShare(Run run, ref VcpuUse? use)
    {
        if (!run.Policy.Budgeted || use is null) return true;
        var fits = use.HasRoomFor(run.Size.Cpu);
        use = use with { Used = fits ? use.Used + run.Size.Cpu : int.MaxValue };
        return fits;
    }
}
