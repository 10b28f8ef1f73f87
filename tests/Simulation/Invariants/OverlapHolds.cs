using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Tests.Simulation.Models;
using Jobs.Tests.Simulation.Schedules;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>
/// The runs of a schedule overlap only where its policy lets them: a queued one, and one that replaces another, begins
/// when the one before has
/// stopped, and where any may start none is skipped. What was skipped for a run that was over, Plans notices.
/// </summary>
internal sealed class OverlapHolds(SimulatedWorld world) : Invariant(world)
{
    private static readonly TimeSpan Stopping = TimeSpan.FromSeconds(45);

    private readonly Dictionary<string, List<EcsTask>> _alive = [];

    public override void Stored(RunHistory history, Run? before, Run after)
    {
        if (before is not null || after.State != RunState.Skipped || PolicyOf(after.Id) != OverlapPolicy.Allow) return;
        if (after.Verdict!.Sentence.Contains("was paused", StringComparison.Ordinal)) return;
        if (World.IsSettledIn(after.Id.Job) && !World.WasRemoved(after.Id.Job))
        {
            Fail($"Run {after.Id} was skipped, although the runs of its schedule may overlap.");
        }
    }

    public override void TaskStarted(RunHistory history, EcsTask task)
    {
        // What is replayed or retried by hand starts whatever goes on.
        if (World.Schedule.HasReplays || PolicyOf(task.Run) is null or OverlapPolicy.Allow) return;
        if (!_alive.TryGetValue(task.Run.Job, out var alive)) _alive[task.Run.Job] = alive = [];
        if (alive.Find(other => other.Run != task.Run) is { } other)
        {
            Fail($"Task {task} of run {task.Run} was started while task {other} of run {other.Run} of the same " +
                "schedule is alive.");
        }

        alive.Add(task);
    }

    /// <summary>Where nothing hinders, a run whose place another takes is told to stop at once.</summary>
    public override void UserCodeEnded(RunHistory history, EcsTask task)
    {
        if (World.Plans.Find(task.Run)?.ReplacedAt is not { } at || at < World.HinderedUntil
            || World.Loop.Now < at + Stopping
            // How long it then has is its job's own.
            || task.StoppingAt <= at + Stopping)
        {
            return;
        }

        Fail($"Run {task.Run} was to be replaced at {at:HH:mm:ss}, but ran user code until {World.Loop.Now:HH:mm:ss}.");
    }

    public override void TaskEnded(RunHistory history, EcsTask task)
    {
        if (_alive.TryGetValue(task.Run.Job, out var alive)) alive.Remove(task);
    }

    private OverlapPolicy? PolicyOf(RunId run) => World.Plans.Find(run) is { } planned
        ? SimulatedJobs.All.Single(job => job.Name == planned.Key.Job).Schedules[0].Overlap
        : null;
}
