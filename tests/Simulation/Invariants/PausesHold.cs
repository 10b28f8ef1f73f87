using Jobs.Core.Definitions;
using Jobs.Core.Pauses;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Tests.Simulation.Faults;
using Jobs.Tests.Simulation.Schedules;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>
/// While a job is paused none of its runs is launched; what a trigger brings meanwhile is skipped where the job
/// declares that, and nothing is skipped for a pause otherwise. That what waits goes on, NothingIsLeft notices.
/// </summary>
internal sealed class PausesHold(SimulatedWorld world) : Invariant(world)
{
    /// <summary>A process knows the pauses so late, and may then go on for as long as a function has.</summary>
    private static readonly TimeSpan Notice = PauseView.Age + TimeSpan.FromMinutes(2);

    public override void Stored(RunHistory history, Run? before, Run after)
    {
        var isPaused = IsPaused(after.Id.Job, null);
        if (isPaused && after.State == RunState.Starting && before?.State != RunState.Starting)
        {
            Fail($"Launch {after.Launch} of run {history} was decided at {World.Loop.Now:HH:mm:ss}, although its job " +
                "is paused.");
        }

        if (before is null) CheckNew(history, after, isPaused);
    }

    private void CheckNew(RunHistory history, Run run, bool isPaused)
    {
        if (run is { State: RunState.Skipped, Verdict.NextStep: Pause.AfterSkipped }) CheckSkipped(history);
        if (run.State == RunState.Skipped || !IsTriggered(history)) return;
        if (isPaused && Skips(run.Id.Job) && !MayBeUnknown)
        {
            Fail($"Run {history} of a paused job was made, although what its triggers bring then is to be skipped.");
        }

        if (World.Plans.Find(run.Id) is { Key: var key } && IsPaused(key.Job, key.Name))
        {
            Fail($"Run {history} was made at {World.Loop.Now:HH:mm:ss}, although schedule {key} is paused.");
        }
    }

    /// <summary>What cannot read the pauses lets its run wait, be it one that is to be skipped.</summary>
    private bool MayBeUnknown =>
        World.Schedule.Faults[FaultKind.CallFails] + World.Schedule.Faults[FaultKind.AnswerLost] > 0
            || World.Schedule.Work.Any(item => item is WorkItem.Outage);

    private void CheckSkipped(RunHistory history)
    {
        var now = World.Loop.Now;
        var (job, wasPaused) = (history.Id.Job, World.Pauses.List.All.Any(
            pause => pause.Job == history.Id.Job && !(pause.End + Notice < now)));
        if (!Skips(job)) Fail($"Run {history} was skipped for a pause, although its job declares that it waits.");
        else if (!wasPaused) Fail($"Run {history} was skipped at {now:HH:mm:ss} for a pause that there is none of.");
        else if (World.Commands.AskedFor(history.Id)) Fail($"Run {history} was skipped, although it was asked for.");
    }

    private bool IsTriggered(RunHistory history) =>
        !World.Commands.AskedFor(history.Id) && !World.Schedule.HasReplays && history.Id.Job != "part";

    /// <summary>Since so long that every process knows it.</summary>
    private bool IsPaused(string job, string? schedule) => World.Pauses.List.LastingAt(World.Loop.Now).Any(
        pause => pause.Job == job && pause.Schedule == schedule && pause.From + Notice < World.Loop.Now);

    private static bool Skips(string job) =>
        SimulatedJobs.All.Single(one => one.Name == job).WhenPaused == WhenPaused.Skip;
}
