using Jobs.Functions.Events;
using Jobs.Tests.Simulation.Faults;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>
/// What wakes OnBacklog: the minute, and beside it the alarm, when the queue is no longer empty. Both may come twice,
/// late, or not at all.
/// </summary>
internal sealed class BacklogWaker(SimulatedWorld world)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly Function _function = new(world, "backlog", TimeSpan.FromSeconds(60));
    private bool _alarms;

    public void Start() => world.Loop.After(Period * world.Chance.Fraction(), Tick);

    public void Refresh() => _function.Refresh();

    private void Tick()
    {
        world.Loop.After(Period, Tick);
        Nudge();
        if (_alarms != (_alarms = world.Queue.Visible > 0) && _alarms) Nudge();
    }

    private void Nudge()
    {
        if (world.Happens(FaultKind.TickSkipped)) return;
        world.Loop.After(
            world.Happens(FaultKind.TickLate) ? world.Chance.Seconds(1, 180) : world.Chance.Seconds(0, 1), Invoke);
        if (world.Happens(FaultKind.TickTwice)) world.Loop.After(world.Chance.Seconds(0, 5), Invoke);
    }

    private void Invoke() =>
        _function.Invoke(sandbox => sandbox.OnBacklog.OnBacklog(new BacklogNudge(), sandbox), _ => { });
}
