using Jobs.Core.Runs;
using Jobs.Tests.Simulation.Faults;
using Jobs.Tests.Simulation.Lambda;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Schedules;

/// <summary>What people ask for besides uploads, through a queue as any other request: cancelling.</summary>
internal sealed class Commands
{
    private readonly SimulatedWorld _world;
    private readonly HashSet<RunId> _asked = [];

    public Commands(SimulatedWorld world)
    {
        _world = world;
        Queue = new MessageQueue(world, "commands", TimeSpan.FromSeconds(30), (sandbox, batch) =>
            sandbox.Inbox.HandleAsync(batch, sandbox, (body, cancellation) => CancelAsync(sandbox, RunId.Parse(body), cancellation)));
    }

    public MessageQueue Queue { get; }

    public void Cancel(RunId id)
    {
        _asked.Add(id);
        Queue.Send(id.ToString(), FaultKind.DuplicateUpload, null);
    }

    public bool HasAskedToCancel(RunId id) => _asked.Contains(id);

    private async Task<string> CancelAsync(Sandbox sandbox, RunId id, CancellationToken cancellation)
    {
        if (await sandbox.Engine.ApplyAsync(id, _ => new Fact.CancelRequested(), cancellation) is not { } run) return $"There is no run {id}.";
        _world.Witness.Cancelled(id);
        return $"Run {id} is {run.State}.";
    }
}
