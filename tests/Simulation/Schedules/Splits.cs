using Jobs.Core.Children;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Schedules;

/// <summary>
/// Which children the runs of <see cref="SimulatedJobs.Splitter"/> submit: by the run, so that every attempt submits
/// the same.
/// </summary>
internal sealed class Splits(SimulatedWorld world)
{
    /// <summary>The next children that the run submits; null when it has all, or submits none.</summary>
    /// <param name="run">As it is when its worker begins.</param>
    public Phase? NextPhaseOf(Run run)
    {
        if (run.Id.Job != SimulatedJobs.Splitter.Name) return null;
        var first = 0;
        foreach (var until in PhasesOf(run.Id))
        {
            if (run.Children < until) return new Phase(first, until);
            first = until;
        }

        return null;
    }

    /// <summary>Sends the command that submits a child.</summary>
    public bool Submit(RunId parent, int index)
    {
        world.Commands.SubmitChild(parent, JobOf(parent, index), index);
        return true;
    }

    public RunId ChildOf(RunId parent, int index) => ChildRun.IdOf(JobOf(parent, index), parent, index);

    private IEnumerable<int> PhasesOf(RunId parent)
    {
        var chance = Chance.For(world.Schedule.Seed, $"phases of {parent}");
        var first = 1 + chance.Below(4);
        return chance.Happens(0.3) ? [first, first + 1 + chance.Below(2)] : [first];
    }

    // One of a few can never start.
    private string JobOf(RunId parent, int index) =>
        Chance.For(world.Schedule.Seed, $"child {index} of {parent}").Happens(0.1) ? SimulatedJobs.Unknown
            : SimulatedJobs.Part.Name;
}
