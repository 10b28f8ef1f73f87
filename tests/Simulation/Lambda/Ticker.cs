using Amazon.Lambda.CloudWatchEvents.ScheduledEvents;
using Jobs.Tests.Simulation.Faults;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>
/// The rule that fires each minute and Lambda's asynchronous invocation behind it: at least once, late, and twice again
/// after an error.
/// </summary>
internal sealed class Ticker(SimulatedWorld world)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly Function _function = new(world, "tick", TimeSpan.FromSeconds(80));

    public long Ticks { get; private set; }

    public void Start() => world.Loop.After(Period * world.Chance.Fraction(), Fire);

    public void Refresh() => _function.Refresh();

    private void Fire()
    {
        world.Loop.After(Period, Fire);
        if (world.Happens(FaultKind.TickSkipped)) return;
        world.Loop.After(
            world.Happens(FaultKind.TickLate) ? world.Chance.Seconds(1, 180) : TimeSpan.FromSeconds(1),
            () => Invoke(0));
        if (world.Happens(FaultKind.TickTwice)) world.Loop.After(world.Chance.Seconds(0, 5), () => Invoke(0));
    }

    private void Invoke(int retries)
    {
        Ticks++;
        _function.Invoke(
            sandbox => sandbox.OnTick.OnTick(new ScheduledEvent(), sandbox),
            why =>
            {
                if (why is not null && retries < 2) world.Loop.After(Period * (retries + 1), () => Invoke(retries + 1));
            });
    }
}
