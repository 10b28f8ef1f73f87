namespace Jobs.Tests.Simulation.Mutants;

/// <summary>Bugs in commands, in what comes after runs, and in replays.</summary>
internal static class CommandMutants
{
    private const string Replayer = "Replays/Replayer.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        Wide("any-sender-may", "A job may command what it likes.", "Commands/CommandIntake.cs",
            "if (sender is null) return;", "if (sender is not \"\") return;"),
        Wide("unfinished-retried", "A run is retried that is not over.", "Commands/CommandIntake.cs",
            "if (!before.Run.IsOver)", "if (before.Run.Version == 0)"),
        Wide("end-not-followed", "What comes after a run is not started.", "Runs/RunEndings.cs",
            "if (run.Followed) ended = Owe(ended, Effect.Follow);", ""),
        Wide("follows-any-end", "What comes after a success comes after a failure too.", "Triggers/Followers.cs",
            " && after.Matches(ended.Run.State)", ""),
        Wide("only-first-page", "A replay ends after its first page.", Replayer, "IsOver = page.Next is null",
            "IsOver = true"),
        Wide("replay-leaves-out", "What failed to start once is left out.", Replayer,
            "failure is not RejectedMessageException && (isHopeless || next.Tries + 1 < MaxTries)", "next.Tries < 0"),
        Wide("cancelled-replay-goes-on", "A replay that was cancelled goes on when its command comes again.",
            "Replays/ReplayIntake.cs",
            "if (!known.IsGivenUp) return known;", "if (!known.IsGivenUp && !known.IsCancelled) return known;") with
        {
            Skips = 400,
        },
    ];

    private static Mutant Wide(string name, string forgets, string file, string original, string replacement) =>
        new(name, forgets, file, original, replacement, InvariantGroups.Asked) { IsWide = true };
}
