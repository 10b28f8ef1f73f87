using Jobs.Tests.Simulation.Faults;
using Jobs.Tests.Simulation.Models;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>
/// All tasks together never have more CPU than the stack's limit; one that is larger than the limit runs alone. While
/// the index may be behind, what the last dispatcher launched may be overlooked: then the next one has the limit once
/// more.
/// </summary>
internal sealed class BudgetHolds(SimulatedWorld world) : Invariant(world)
{
    private readonly List<EcsTask> _alive = [];

    public override void TaskStarted(RunHistory history, EcsTask task)
    {
        if (World.Schedule.CpuLimit is not { } exact) return;
        _alive.Add(task);
        var largest = Math.Max(exact, _alive.Max(one => one.Size.Cpu));
        var limit = World.Schedule.Faults[FaultKind.StaleIndex] > 0 ? largest + exact : exact;
        var used = _alive.Sum(one => one.Size.Cpu);
        if (used <= limit || _alive.Count == 1) return;
        var launches = string.Join(", ", _alive.Select(one => one.Launch.Id));
        Fail($"The limit is {limit} CPU units, but the launches {launches} use {used}.");
    }

    public override void TaskEnded(RunHistory history, EcsTask task) => _alive.Remove(task);
}
