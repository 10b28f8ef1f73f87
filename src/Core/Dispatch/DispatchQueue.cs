using Jobs.Core.Ids;
using Jobs.Core.Pauses;
using Jobs.Core.Runs;
using Jobs.Core.Slots;

namespace Jobs.Core.Dispatch;

/// <summary>
/// What is to be launched next: the jobs in turn, each job's runs in the order of its queue, no more of a capped job
/// than it has free slots, none of a paused one, and no more of all than the CPU budget has left. One look finds what
/// waits of all jobs; slots are read only of capped jobs with waiting runs.
/// </summary>
internal sealed class DispatchQueue(DispatchSources sources, TimeProvider clock)
{
    /// <summary>
    /// Runs of one round: five seconds' worth at Fargate's default rate, after which the queue is read again.
    /// </summary>
    public const int RoundSize = 100;

    /// <summary>A run whose time comes this soon is waited for, instead of being left to the next tick.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Versions that were handed out: the index may show a run as waiting for a moment after it was launched.
    /// </summary>
    private readonly Dictionary<RunId, int> _handedOut = [];

    private readonly CpuBudget? _budget = sources.CpuLimit is { } limit ? new CpuBudget(
        sources.Index, limit, clock) : null;

    private string _lastServed = "";

    /// <summary>
    /// The next round. <see cref="DispatchRound.Launches"/> is empty when nothing can be launched now.
    /// </summary>
    public async Task<DispatchRound> NextAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var found = await sources.Index.WaitingAsync(now + Horizon, 2 * RoundSize, cancellation);
        var waiting = found.Runs.Where(run => _handedOut.GetValueOrDefault(run.Id) < run.Version)
            .ToLookup(run => sources.Catalog.Find(run.Id.Job) is not null);
        // What is paused cannot be unknown here: nothing is launched by a guess.
        var pauses = found.Runs.Count == 0 ? PauseList.None : await sources.Pauses.ReadAsync(cancellation);
        var ready = waiting[true].Where(run => pauses.Of(run.Id.Job, now) is null).ToList();
        var launchable = ready.Where(run => !(run.NotBefore > now)).ToList();
        if (_budget is not null && launchable.Count > 0) await _budget.RefreshAsync(cancellation);
        var queues = new List<JobQueue>();
        foreach (var job in launchable.GroupBy(run => run.Id.Job))
        {
            queues.Add(await QueueOfAsync(job.Key, [.. job], cancellation));
        }

        return new DispatchRound(
            InTurn(queues), ready
                .Where(run => run.NotBefore > now)
                .Min(run => run.NotBefore), [.. waiting[false]], found.Unreadable,
            found.Runs.Count);
    }

    /// <summary>The launch was not sent, or started no task.</summary>
    public void GiveBack(Run run) => _budget?.GiveBack(new LaunchId(run.Id, run.Launch + 1));

    private async Task<JobQueue> QueueOfAsync(string job, IReadOnlyList<Run> runs, CancellationToken cancellation)
    {
        if (sources.Catalog.Find(job)!.MaxConcurrent is not { } cap) return new JobQueue(job, runs, null);
        var blocks = (await sources.Slots.ReadAsync(job, cancellation))
            .ToDictionary(block => block.Number, block => block.Holders.Count);
        var free = Enumerable.Range(0, SlotBlocks.Count(cap))
            .SelectMany(
                block =>
                    Enumerable.Repeat(
                        block, Math.Max(0, SlotBlocks.LimitOf(block, cap) - blocks.GetValueOrDefault(block))));
        return new JobQueue(job, runs, new Queue<int>(free));
    }

    /// <summary>
    /// One run of each job that has any left, beginning with the job after the last one served, until the round is
    /// full.
    /// </summary>
    private List<(Run, LaunchPermit)> InTurn(List<JobQueue> queues)
    {
        var round = new List<(Run Run, LaunchPermit Permit)>();
        var inTurn = queues.OrderBy(queue => string.CompareOrdinal(queue.Job, _lastServed) <= 0)
            .ThenBy(queue => queue.Job, StringComparer.Ordinal)
            .ToList();
        for (var (place, served) = (0, true); served; place++)
        {
            served = false;
            foreach (var queue in inTurn.TakeWhile(_ => round.Count < RoundSize))
            {
                if (queue.At(place) is not { } run || !queue.HasFreeSlot || _budget?.TryTake(run) == false) continue;
                round.Add((run, new LaunchPermit(queue.TakeSlot(), _budget is not null)));
                (_handedOut[run.Id], _lastServed, served) = (run.Version, queue.Job, true);
            }
        }

        return round;
    }

    /// <param name="Free">Blocks of free slots, one entry for each; null when the job has no cap.</param>
    private sealed record JobQueue(string Job, IReadOnlyList<Run> Runs, Queue<int>? Free)
    {
        public bool HasFreeSlot => Free is null or { Count: > 0 };

        public Run? At(int place) => place < Runs.Count ? Runs[place] : null;

        public int? TakeSlot() => Free?.Dequeue();
    }
}
