using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Core.Dispatch;

/// <summary>
/// The stack's CPU budget as one dispatcher keeps it: what the index says is in use, and what this dispatcher launched
/// that the index does not show yet. No item is written for it. The index may be a moment behind and the lease may be
/// lost, so the limit is not exact to the task; what exceeds the account's quota ECS refuses, which costs nothing but a
/// wait.
/// </summary>
internal sealed class CpuBudget(IRunIndex index, int limit, TimeProvider clock)
{
    /// <summary>
    /// How often the index is read while there is work: it costs some hundred bytes for each run under way.
    /// </summary>
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(5);

    /// <summary>How long what was launched counts by itself: longer than the index is ever behind.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(60);

    private readonly Dictionary<LaunchId, (int Cpu, DateTimeOffset At)> _launched = [];
    private IReadOnlyDictionary<LaunchId, int> _inUse = new Dictionary<LaunchId, int>();
    private DateTimeOffset? _readAt;
    private bool _isHeld;

    /// <summary>Begins a round: looks again what is in use, if it is time.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        _isHeld = false;
        var now = clock.GetUtcNow();
        if (_readAt + ReadEvery > now) return;
        _inUse = await index.CpuInUseAsync(cancellation);
        _readAt = now;
        foreach (var (launch, _) in _launched.Where(one => one.Value.At + Remembered <= now).ToList())
        {
            _launched.Remove(launch);
        }
    }

    /// <summary>
    /// Whether a run may be launched in this round. The first that does not fit keeps the capacity: were later, smaller
    /// ones let past, a large run would never have its turn. One larger than the limit has its turn when nothing else
    /// runs.
    /// </summary>
    public bool TryTake(Run run)
    {
        var used = _inUse.Values.Sum() + _launched.Where(one => !_inUse.ContainsKey(one.Key)).Sum(one => one.Value.Cpu);
        if (_isHeld || used > Math.Max(0, limit - run.Size.Cpu))
        {
            _isHeld = true;
            return false;
        }

        _launched[new LaunchId(run.Id, run.Launch + 1)] = (run.Size.Cpu, clock.GetUtcNow());
        return true;
    }

    /// <summary>A launch that had been taken was not sent, or was refused: there is no task.</summary>
    public void GiveBack(LaunchId launch) => _launched.Remove(launch);
}
