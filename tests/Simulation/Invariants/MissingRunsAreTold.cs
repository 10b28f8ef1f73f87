using Jobs.Core.Alerts;
using Jobs.Tests.Simulation.Schedules;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>
/// The admins are told, once, of a planned run that does not appear, and of none that did. Nothing more is said of a
/// schedule until it has run again.
/// </summary>
internal sealed class MissingRunsAreTold(SimulatedWorld world) : Invariant(world)
{
    /// <summary>A tick may have read its schedule that long before it tells.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(2);

    /// <summary>An announcement may come that late.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(3);

    public override void AtTheEnd()
    {
        foreach (var schedule in World.Plans.All.GroupBy(planned => planned.Key.Job))
        {
            PlannedTime? before = null;
            foreach (var planned in schedule.OrderBy(planned => planned.At))
            {
                Check(planned, before, schedule);
                before = planned;
            }
        }
    }

    /// <summary>
    /// That it was told is noted in the schedule's item, and until then the alert's cause knows it: an outage of the
    /// one may outlast the other.
    /// </summary>
    private bool CanForget => World.Schedule.Work.Any(
        item => item is WorkItem.Outage { Port: Port.Schedules } outage && outage.Length > AlertCause.Quiet);

    private void Check(PlannedTime planned, PlannedTime? before, IEnumerable<PlannedTime> all)
    {
        if (planned.ToldAt.Count > (CanForget ? 2 : 1))
        {
            Fail($"The admins were told {planned.ToldAt.Count} times that {planned} is missing.");
        }

        if (planned.ToldAt is [var told, ..] && planned.HandledAt + Tick < told)
        {
            Fail($"The admins were told at {told:HH:mm:ss} that {planned} is missing, but it came at " +
                $"{planned.HandledAt:HH:mm:ss}.");
        }

        if (planned.ToldAt is [var soon, ..] && soon < planned.At + Grace)
        {
            Fail($"The admins were told already at {soon:HH:mm:ss} that {planned} is missing.");
        }

        if (planned.ToldAt.Count > 0 || !planned.IsLost || before is not { HandledAt: { } at } || at > planned.At)
        {
            return;
        }

        // From when it is missing, and nothing hinders the tick, it has time enough until the next one comes.
        var from = planned.At > World.FaultsEnd ? planned.At : World.FaultsEnd;
        var next = all.Where(other => other.At > planned.At
            && other.HandledAt is not null).Select(other => other.HandledAt).Min();
        var isKnown = World.Runs.Find(planned.Run) is not null || World.WasRemoved(planned.Key.Job)
            || World.Schedule.HasDeployments;
        if (!isKnown && !(next < from + Plans.Notice)) Fail($"{planned} never came, but no admin was told of it.");
    }
}
