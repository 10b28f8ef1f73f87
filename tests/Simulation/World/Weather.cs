using Jobs.Tests.Simulation.Faults;
using Jobs.Tests.Simulation.Schedules;

namespace Jobs.Tests.Simulation.World;

/// <summary>Which services are out, and until when anything may hinder the machinery.</summary>
internal sealed class Weather
{
    /// <summary>
    /// What jobs do, and not what is done to us: how they are told to stop and how they end does not depend on it.
    /// </summary>
    private static readonly FaultKind[] Own =
    [
        FaultKind.JobThrows, FaultKind.JobGivesUp, FaultKind.JobExits, FaultKind.JobCrashes, FaultKind.NeedsMemory,
        FaultKind.JobIsSlow,
    ];

    private readonly SimulatedWorld _world;
    private readonly List<(Port Port, DateTimeOffset Until)> _out = [];

    public Weather(SimulatedWorld world)
    {
        _world = world;
        var schedule = world.Schedule;
        HinderedUntil = schedule.Faults.Active.Any(kind => !Own.Contains(kind))
            || schedule.Work.Any(item => item is WorkItem.Outage or WorkItem.Pause)
            ? world.FaultsEnd
            : DateTimeOffset.MinValue;
    }

    /// <summary>Until when faults may hinder the machinery.</summary>
    public DateTimeOffset HinderedUntil { get; }

    public void Out(Port port, TimeSpan length)
    {
        var until = _world.Loop.Now + length;
        _out.Add((port, until < _world.FaultsEnd ? until : _world.FaultsEnd));
    }

    public bool IsOut(string call)
    {
        foreach (var (port, until) in _out)
        {
            if (_world.Loop.Now < until && port.Has(call)) return true;
        }

        return false;
    }
}
