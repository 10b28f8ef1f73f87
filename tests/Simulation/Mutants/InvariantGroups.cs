using Jobs.Tests.Simulation.Invariants;

namespace Jobs.Tests.Simulation.Mutants;

/// <summary>Invariants that break together: which of them notices a bug first is the seeds' choice.</summary>
internal static class InvariantGroups
{
    /// <summary>Everything happens once: runs, tasks, attempts, permits, ends.</summary>
    public static IReadOnlyList<string> Once { get; } =
    [
        nameof(OneRunPerTrigger), nameof(OneTaskPerLaunch), nameof(OneLiveAttempt), nameof(CapsHold),
        nameof(BudgetHolds), nameof(DrainsHold), nameof(TerminalIsFinal), nameof(ResultIsKept),
    ];

    /// <summary>As often as the policy says, and not before.</summary>
    public static IReadOnlyList<string> Attempts { get; } =
    [
        nameof(AttemptsWithinPolicy), nameof(WaitsAreObeyed), nameof(ResultIsKept), nameof(EndIsTrue),
    ];

    /// <summary>Everything ends, for the reason that is told.</summary>
    public static IReadOnlyList<string> Ending { get; } =
    [
        nameof(NothingIsLeft), nameof(StopsReach), nameof(StopsAreDue), nameof(EndIsTrue), nameof(ResultIsKept),
    ];

    /// <summary>The admins are told of it.</summary>
    public static IReadOnlyList<string> Telling { get; } = [nameof(AdminsHear)];

    /// <summary>A queue is drained, by no more than may.</summary>
    public static IReadOnlyList<string> Draining { get; } = [nameof(DrainsHold), nameof(BacklogIsDrained)];

    /// <summary>Parents, children and arrays.</summary>
    public static IReadOnlyList<string> Children { get; } =
    [
        nameof(ParentsResumeWhenAllHaveEnded), nameof(NoChildOutlivesItsParent), nameof(ArraysKeepToTheirLimit),
        nameof(PhaseIsKept), nameof(NothingIsLeft),
    ];

    /// <summary>Scheduled runs.</summary>
    public static IReadOnlyList<string> Planned { get; } =
    [
        nameof(OneRunPerPlannedTime), nameof(OverlapHolds), nameof(MissingRunsAreTold),
    ];

    /// <summary>What is paused waits, or is skipped, and goes on afterwards.</summary>
    public static IReadOnlyList<string> Paused { get; } =
        [nameof(PausesHold), nameof(NothingIsLeft), nameof(OneRunPerPlannedTime), nameof(OverlapHolds)];

    /// <summary>What people ask for, and what comes after others.</summary>
    public static IReadOnlyList<string> Asked { get; } =
        [
            nameof(CommandsAreCarriedOut), nameof(OneRunPerTrigger), nameof(EachEndIsFollowed),
            nameof(ReplaysRunWhatHasNotRun),
        ];

    /// <summary>
    /// Any but the admins': a bug that lets two of a run go on at once shows in whatever comes of it.
    /// </summary>
    public static IReadOnlyList<string> Running { get; } = [.. Once, .. Attempts, .. Ending];
}
