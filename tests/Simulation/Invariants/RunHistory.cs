using Jobs.Core;
using Jobs.Core.Alerts;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Tests.Simulation.Models;
using Jobs.Tests.Simulation.Schedules;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>The world's truth about one run, however Core sees it.</summary>
internal sealed class RunHistory(RunId id)
{
    public RunId Id { get; } = id;

    /// <summary>What the store has now.</summary>
    public Run? Stored { get; set; }

    /// <summary>Every task ever started for it, oldest first.</summary>
    public List<EcsTask> Tasks { get; } = [];

    /// <summary>The tasks in which user code runs now.</summary>
    public List<EcsTask> Running { get; } = [];

    /// <summary>A worker's result is in the Results table, or a container without our host has ended with 0.</summary>
    public bool HasResult { get; set; }

    public DateTimeOffset? CancelledAt { get; set; }

    /// <summary>
    /// Launches that were stopped for their silence, their time, or because they never began: each spends an attempt.
    /// </summary>
    public HashSet<int> SpentByStop { get; } = [];

    /// <summary>It, or its last attempt, was stopped for its time.</summary>
    public bool HadItsTime { get; set; }

    /// <summary>ECS refused a launch for good.</summary>
    public bool IsMisconfigured { get; set; }

    /// <summary>The causes that it was counted under.</summary>
    public List<AlertCause> Alerts { get; } = [];

    public DateTimeOffset? OverAt { get; set; }

    /// <summary>When it was made; null while it is not.</summary>
    public DateTimeOffset? MadeAt { get; set; }

    /// <summary>When its current launch was told to stop; null when it was not.</summary>
    public DateTimeOffset? StoppingAt { get; set; }

    /// <summary>When each launch noted that it awaits children.</summary>
    public Dictionary<int, DateTimeOffset> Phases { get; } = [];

    /// <summary>Attempts that may have been the job's to answer for.</summary>
    public int Spent => Tasks.Count(IsSpent);

    /// <summary>
    /// Whether nothing can be known any more of how the launch's task ended, though the job had no part in it: the
    /// worker could not note its end, its event was lost, and ECS forgot it before an outage was over.
    /// </summary>
    public bool IsEndUnknown(int launch, SimulatedWorld world) => Tasks.Any(
        task => task.Launch.Id.Number == launch && !IsSpent(task) && IsForgotten(task, world, world.Loop.Now));

    /// <summary>
    /// Those that surely were: a task that ECS lost, or forgot in an outage, before it was known looks like a launch
    /// that got lost.
    /// </summary>
    /// <param name="current">A task that does not count yet, whatever was decided about it.</param>
    public int SpentBefore(EcsTask current, SimulatedWorld world) => Tasks.Count(task =>
        task != current && IsSpent(task) && (task.IsKnown || !IsForgotten(task, world, world.Loop.Now)));

    /// <summary>Whether ECS says nothing more of a task, which it does an hour after its end.</summary>
    public static bool IsForgotten(EcsTask task, SimulatedWorld world, DateTimeOffset by) =>
        task.VanishedAt is not null
        || (world.Schedule.Work.Any(item => item is WorkItem.Outage)
            && task.StoppedAt + Ecs.Memory <= by);

    private bool IsSpent(EcsTask task) => task.Cause is EndCause.JobFault || IsLost(task) || IsSpentByStop(task);

    private bool IsLost(EcsTask task) => task.Cause == EndCause.Lost && !HasEndedPhase(task);

    // One that noted that it awaits children, whatever was lost of its end, and whatever it was told to stop for.
    private bool HasEndedPhase(EcsTask task) => Phases.ContainsKey(task.Launch.Id.Number);

    // What AWS kept from noting its end costs nothing, whatever it was told to stop for.
    private bool IsSpentByStop(EcsTask task) =>
        task.Cause is not (null or EndCause.Done)
        && task.ExitCode != WorkerExitCodes.AwsUnavailable
        && SpentByStop.Contains(task.Launch.Id.Number)
        && !HasEndedPhase(task);

    public override string ToString() => Id.ToString();
}
