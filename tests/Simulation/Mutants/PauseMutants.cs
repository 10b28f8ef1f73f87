namespace Jobs.Tests.Simulation.Mutants;

/// <summary>Bugs in what is paused.</summary>
internal static class PauseMutants
{
    private const string Engine = "Engine/RunEngine.cs";
    private const string List = "Pauses/PauseList.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        Of("paused-starts-at-once", "A run of a paused job is launched as it is made.", Engine,
            "mayLaunch: known is not null && pause is null", "mayLaunch: true"),
        Of("asked-for-is-skipped", "What a person asks for is skipped as what a trigger brings.", Engine,
            "pause is not null && request.IsTriggered && job.WhenPaused == WhenPaused.Skip",
            "pause is not null && job.WhenPaused == WhenPaused.Skip"),
        Of("every-job-skips", "What comes for a paused job is skipped, whatever it declares.", Engine,
            "pause is not null && request.IsTriggered && job.WhenPaused == WhenPaused.Skip",
            "pause is not null && request.IsTriggered"),
        Of("late-pause-begins", "A pause begins that came after it was ended.", List,
            "known.Id == pause.Id || IsOvertaken(pause, known)", "known.Id == pause.Id"),
        Of("known-pause-begins-again", "A pause that was ended begins again when its command comes again.", List,
            "All.Any(known => known.Id == pause.Id || IsOvertaken(pause, known))", "pause.Id is null"),
        Of("schedule-starts-while-paused", "A paused schedule starts its run.", "Scheduling/Scheduler.cs",
            "if (known is null || pause is not null) return false;", ""),
    ];

    private static Mutant Of(string name, string forgets, string file, string original, string replacement) =>
        new(name, forgets, file, original, replacement, InvariantGroups.Paused) { IsWide = true };
}
