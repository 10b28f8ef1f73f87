namespace Jobs.Tests.Simulation.Mutants;

/// <summary>Bugs in who decides about a queue.</summary>
internal static class BacklogMutants
{
    private const string Watch = "Backlog/BacklogWatch.cs";
    private const string State = "Backlog/DrainState.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("decides-without-winning", "A decision that another process overtook is carried out all the same.", Watch,
            "if (!ReferenceEquals(next, state) && !await drains.SaveAsync(next with { Version = state.Version + 1 }, " +
            "cancellation))",
            "if (!ReferenceEquals(next, state) && !await drains.SaveAsync(next with { Version = state.Version + 1 }, " +
            "cancellation) && next.Version < 0)", InvariantGroups.Draining)
        {
            Skips = 110,
        },
        new("reserved-and-forgotten", "What a process that died had reserved is never submitted.", Watch,
            "next.Alive.Where(drain => StateOf(drain) is null)",
            "next.Alive.Where(drain => StateOf(drain) is null && !state.Alive.Contains(drain))",
            InvariantGroups.Draining),
        new("unmade-is-over", "A run that is reserved and not yet made counts as over.", State,
            "state is RunState.Succeeded or", "state is null or RunState.Succeeded or", InvariantGroups.Draining),
        new("stopping-is-over", "A run whose task is being stopped counts as over.", State,
            "state is RunState.Succeeded or", "state is RunState.Stopping or RunState.Succeeded or",
            InvariantGroups.Draining),
        new("counts-only-new", "Those that drain the queue already are not counted.", State,
            "Desired(queue, reading) - Alive.Length", "Desired(queue, reading)", InvariantGroups.Draining),
    ];
}
