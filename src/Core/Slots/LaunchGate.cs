using Jobs.Core.Runs;

namespace Jobs.Core.Slots;

/// <summary>
/// What one process has just learnt about the launch rate: shut for a moment after ECS refused a launch for it, so that
/// a burst of uploads is written down as waiting instead of being refused one by one.
/// </summary>
public sealed class LaunchGate(TimeProvider clock)
{
    private long _opensAt;

    public bool IsShut => clock.GetUtcNow().UtcTicks < Interlocked.Read(ref _opensAt);

    public void Shut() => Interlocked.Exchange(ref _opensAt, (clock.GetUtcNow() + RunTimings.ThrottleQuiet).UtcTicks);
}
