using Jobs.Core.Alerts;
using Jobs.Core.Runs;
using Jobs.Tests.Simulation.Models;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>
/// Something that must hold, whatever happens. It watches the world's truth and says in one sentence what was broken.
/// </summary>
internal abstract class Invariant(SimulatedWorld world)
{
    /// <summary>Name of the invariant, by which failures of one kind are recognised.</summary>
    public string Name => GetType().Name;

    protected SimulatedWorld World { get; } = world;

    /// <summary>A control item was written.</summary>
    public virtual void Stored(RunHistory history, Run? before, Run after)
    {
    }

    /// <summary>ECS accepted a task.</summary>
    public virtual void TaskStarted(RunHistory history, EcsTask task)
    {
    }

    /// <summary>A task is STOPPED, or gone.</summary>
    public virtual void TaskEnded(RunHistory history, EcsTask task)
    {
    }

    /// <summary>The job's own code begins in a task.</summary>
    public virtual void UserCodeStarted(RunHistory history, EcsTask task)
    {
    }

    /// <summary>The job's own code has ended in a task.</summary>
    public virtual void UserCodeEnded(RunHistory history, EcsTask task)
    {
    }

    /// <summary>An e-mail went out.</summary>
    public virtual void Published(Alert alert, IReadOnlyList<RunHistory> about)
    {
    }

    /// <summary>All is quiet: nothing is on its way any more.</summary>
    public virtual void AtTheEnd()
    {
    }

    /// <summary>A run is about to be forgotten: what holds at the end of the world holds for it now.</summary>
    public virtual void AtTheEndOf(RunHistory history)
    {
    }

    protected void Fail(string sentence) => World.Fail(Name, sentence);
}
