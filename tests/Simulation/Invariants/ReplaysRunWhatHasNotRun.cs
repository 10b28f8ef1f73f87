using Jobs.Core.Alerts;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Tests.Simulation.Faults;
using Jobs.Tests.Simulation.Schedules;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>
/// When a replay is over, all that it is of has run, or the admins were told what has not; what had run before did not
/// run again, which OneRunPerTrigger sees; it starts no more a minute than it may. The model of its item sees that
/// nothing is left out before it was tried long enough, and that one that was cancelled never goes on.
/// </summary>
internal sealed class ReplaysRunWhatHasNotRun(SimulatedWorld world) : Invariant(world)
{
    /// <summary>A tick may come that much too early, so that a minute of the replay is shorter.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(45);

    /// <summary>What failed a moment before is not yet in the history.</summary>
    private static readonly TimeSpan Lag = TimeSpan.FromMinutes(1);

    private static readonly FaultKind[] Forgetting =
        [FaultKind.CrashBeforeCall, FaultKind.CrashAfterCall, FaultKind.AnswerLost];

    private readonly List<DateTimeOffset> _forced = [];
    private readonly HashSet<string> _told = [];

    public override void Stored(RunHistory history, Run? before, Run after)
    {
        // A process that dies has not noted what it started, and of a creation whose answer is lost the repetition says
        // that the run was there.
        if (before is not null || Forgetting.Any(fault => World.Schedule.Faults[fault] > 0)) return;

        if (World.Replays.Asked.FirstOrDefault() is not { Force: true } replay || !World.Replays.AskedFor(after))
        {
            return;
        }

        _forced.Add(World.Loop.Now);
        var minutes = 1 + (int)((World.Loop.Now - _forced[0]) / Slice);
        if (_forced.Count > replay.PerMinute * (minutes + 1))
        {
            Fail($"The replay {replay} has started {_forced.Count} runs within " +
                $"{World.Loop.Now - _forced[0]:hh\\:mm\\:ss}.");
        }
    }

    public override void Published(Alert alert, IReadOnlyList<RunHistory> about) =>
        _told.UnionWith(World.Replays.Asked.Select(asked => asked.Key)
            .Where(key => alert.Subject.Contains($"Replay {key} ", StringComparison.Ordinal)));

    public override void AtTheEnd()
    {
        foreach (var asked in World.Replays.Asked)
        {
            if (World.Replays.Find(asked.Key) is not { } replay) continue;
            if (!replay.IsOver) Fail($"The replay {asked} is not over.");
            else if (replay is { IsCancelled: false, Failed: > 0 } or { IsGivenUp: true } && !_told.Contains(asked.Key))
            {
                Fail($"No admin was told of what the replay {asked} did not start: {replay.Error}");
            }
            else if (replay is { IsCancelled: false, IsGivenUp: false, Failed: 0 } && !World.Schedule.HasDeployments)
            {
                Check(asked);
            }
        }
    }

    private void Check(WorkItem.Replay asked)
    {
        foreach (var (run, again) in Sources(asked).Where(source => World.Runs.Find(source.Again) is null))
        {
            Fail($"The replay {asked} is over, but there is no run {again}, which repeats {run}.");
        }
    }

    private IEnumerable<(RunId Run, RunId Again)> Sources(WorkItem.Replay asked) => asked.Of switch
    {
        ReplayOf.Prefix => UploadsBefore(asked).Select(upload => (upload, Forced(asked, upload))),
        ReplayOf.Window => World.Replays.PlannedBefore(World.Start + asked.At)
            .Select(planned => (planned.Run, Forced(asked, planned.Run))),
        _ => FailedBefore(asked)
            .Select(run => (run, Forced(asked, RunId.From(run.Job, "retry", run.ToString(), "replay")))),
    };

    private IEnumerable<RunId> UploadsBefore(WorkItem.Replay asked) =>
        from upload in World.Schedule.Work.OfType<WorkItem.Upload>()
        where SimulatedJobs.IsReloaded(upload.Job) && upload.At < asked.At
        select Uploads.IdOf(upload.Job, upload.Number);

    private IEnumerable<RunId> FailedBefore(WorkItem.Replay asked) =>
        from history in World.Witness.Histories
        where history.Stored is { State: RunState.Failed or RunState.TimedOut, Array: null }
            && history.Id.Job != SimulatedJobs.Drain.Name
            && history.MadeAt >= World.Start && history.OverAt + Lag < World.Start + asked.At
        select history.Id;

    private static RunId Forced(WorkItem.Replay asked, RunId run) =>
        asked.Force ? RunId.From(run.Job, "replay", asked.Key, run.ToString()) : run;
}
