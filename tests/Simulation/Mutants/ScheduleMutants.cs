namespace Jobs.Tests.Simulation.Mutants;

/// <summary>Bugs in scheduled runs and the watch over them.</summary>
internal static class ScheduleMutants
{
    private const string Desk = "Schedules/ScheduleDesk.cs";
    private const string State = "Schedules/ScheduleState.cs";
    private const string Watch = "Schedules/ScheduleWatch.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        Wide("holder-displaced", "A planned time takes the schedule whoever holds it.", State,
            "if (Holder is null) return come with { Holder = planned };", "return come with { Holder = planned };"),
        Wide("displaced-forgotten", "A queued run whose place another takes is not recorded.", State,
            "Skips = displaced is { } skipped ? Skips.Add(skipped) : Skips,", "Skips = Skips,"),
        Wide("allowed-never-starts", "A run that may overlap is not started.", Desk,
            "if (!isKnown && trigger.Overlap == OverlapPolicy.Allow) await StartAsync(key, trigger, planned, holds: " +
            "false, cancellation);", ""),
        Wide("run-read-before-item", "Whether a planned time has its run is asked before its schedule's item is read.",
            Desk,
            """
                        var state = await schedules.ReadAsync(key, cancellation);
                        var isKnown = state.Knows(planned) || await runs.ReadAsync(id, cancellation) is not null;
            """,
            """
                        var hasRun = await runs.ReadAsync(id, cancellation) is not null;
                        var state = await schedules.ReadAsync(key, cancellation);
                        var isKnown = state.Knows(planned) || hasRun;
            """),
        Wide("lost-decision-believed",
            "A decision about a schedule that was lost to somebody faster is taken for done.", Desk,
            "if (!isKnown && !await SaveAsync(state.Come(planned, trigger.Overlap), cancellation)) continue;",
            "if (!isKnown) await SaveAsync(state.Come(planned, trigger.Overlap), cancellation);"),
        Wide("released-while-stopping", "The next run of a schedule starts while the one before is being stopped.",
            Desk,
            "else if (run.IsOver)", "else if (run.IsOver || run.State == RunState.Stopping)"),
        Wide("replaced-goes-on", "A run that is to be replaced is not cancelled.", Desk,
            "if (state.Replaces) await engine.CancelAsync(run.Id, cancellation);", ""),
        Wide("watch-without-grace", "A run is missing as soon as its time has come.", Watch, "due + Grace > now",
            "due > now"),
        Wide("missing-untold", "Nobody looks for runs that do not appear.", Watch, "due + Grace > now",
            "due + Grace > now.AddDays(-1)"),
    ];

    private static Mutant Wide(string name, string forgets, string file, string original, string replacement) =>
        new(name, forgets, file, original, replacement, [.. Families.Planned, .. Families.Asked]) { IsWide = true };
}
