using Jobs.Core.Children;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Triggers;
using Jobs.Core.Verdicts;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Schedules;

/// <summary>Who may have asked for a run, and for its end.</summary>
internal sealed class Requests(SimulatedWorld world)
{
    private readonly HashSet<RunId> _followers = [];

    /// <summary>A run is over: the jobs that follow it are to run.</summary>
    public void Ended(Run run)
    {
        foreach (var job in FollowersOf(run)) _followers.Add(Followers.IdOf(job, run.Id));
    }

    /// <summary>The jobs that come after the run, of all that were ever deployed.</summary>
    public static IEnumerable<string> FollowersOf(Run run) =>
        from job in SimulatedJobs.Followers
        where job.Afters.Any(after => after.Job == run.Id.Job && after.Matches(run.State))
        select job.Name;

    /// <summary>Whether a person or a trigger asked for the run.</summary>
    public bool Has(Run run) =>
        world.Uploads.IsExpected(run.Id)
        || world.Commands.AskedFor(run.Id)
        || world.Plans.Find(run.Id) is not null
        || _followers.Contains(run.Id)
        || IsLineOf(run)
        || world.Replays.AskedFor(run);

    /// <summary>
    /// Whether the run may be cancelled: by people, for the next of its schedule, or for its parent's end.
    /// </summary>
    public bool MayCancel(RunId run) =>
        world.Commands.HasAskedToCancel(run) || IsReplaced(run) || HasLostItsParent(run);

    private bool IsLineOf(Run run) =>
        run.Parent is { } parent
        && world.Runs.Find(parent) is { Array: { } work }
        && run.ChildIndex < work.Count
        && run.Id == ChildRun.IdOf(parent.Job, parent, run.ChildIndex);

    private bool IsReplaced(RunId run) =>
        world.Plans.Find(run) is { ReplacedAt: not null };

    private bool HasLostItsParent(RunId run) =>
        world.Runs.Find(run)?.Parent is { } parent
            && world.Runs.Find(parent) is { IsOver: true, State: not RunState.Succeeded };
}
