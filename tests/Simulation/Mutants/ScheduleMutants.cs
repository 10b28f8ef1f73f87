using Jobs.Tests.Simulation.Invariants;

namespace Jobs.Tests.Simulation.Mutants;

/// <summary>Bugs in scheduled runs and the watch over them.</summary>
internal static class ScheduleMutants
{
    private const string Scheduler = "Scheduling/Scheduler.cs";
    private const string State = "Scheduling/ScheduleState.cs";
    private const string Watch = "Scheduling/ScheduleWatch.cs";
    private const string Grace = "due + GraceOf(trigger, schedule, due) > now";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        Wide("holder-displaced", "A planned time takes the schedule although a run holds it.", State,
            "if (Holder is null) return come with { Holder = planned };", "return come with { Holder = planned };"),
        Wide("displaced-forgotten", "A queued run whose place another takes is not recorded.", State,
            "Skips = displaced is { } skipped ? Skips.Add(skipped) : Skips,", "Skips = Skips,"),
        Wide("allowed-never-starts", "A run that may overlap is not started.", Scheduler,
            "if (overlap == OverlapPolicy.Allow || (come.Holder == planned && !isHeld))",
            "if (come.Holder == planned && !isHeld)"),
        Wide("earlier-time-is-known", "A planned time that comes after a later one counts as known.", Scheduler,
            "&& (state.Knows(planned) || await runs.ReadAsync(id, cancellation) is not null);", ";"),
        Wide("lost-decision-believed", "A decision that another process overtook is taken for done.", Scheduler,
            "if (!await schedules.SaveAsync(come, cancellation)) continue;",
            "await schedules.SaveAsync(come, cancellation);"),
        Wide("released-while-stopping", "The next run of a schedule starts while the one before is being stopped.",
            Scheduler,
            "else if (run.IsOver)", "else if (run.IsOver || run.StopCause is not null)"),
        Wide("replaced-goes-on", "A run that is to be replaced is not cancelled.", Scheduler,
            "if (state.Replaces) await engine.CancelAsync(run.Id, $\"schedule {state.Key}\", cancellation);", "") with
        {
            CaughtBy = [.. InvariantGroups.Planned, nameof(StopsReach)],
            Skips = 500,
        },
        Wide("watch-without-grace", "A run is missing as soon as its time has come.", Watch, Grace, "due > now"),
        Wide("missing-untold", "Runs that do not appear are not looked for.", Watch, Grace, $"{Grace}.AddDays(-1)"),
    ];

    private static Mutant Wide(string name, string forgets, string file, string original, string replacement) =>
        new(
            name,
            forgets,
            file,
            original,
            replacement,
            [.. InvariantGroups.Planned, .. InvariantGroups.Asked])
        { IsWide = true };
}
