namespace Jobs.Tests.Simulation.Mutants;

/// <summary>Bugs in who decides about a queue.</summary>
internal static class BacklogMutants
{
    private const string Desk = "Backlog/BacklogDesk.cs";
    private const string State = "Backlog/DrainState.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("decides-without-winning", "A decision that was lost to somebody faster is carried out all the same.", Desk,
            "if (!ReferenceEquals(next, state) && !await drains.SaveAsync(next with { Version = state.Version + 1 }, cancellation))",
            "if (!ReferenceEquals(next, state) && !await drains.SaveAsync(next with { Version = state.Version + 1 }, cancellation) && next.Version < 0)", Families.Draining),
        new("reserved-and-forgotten", "What a process that died had reserved is never submitted.", Desk,
            "next.Alive.Where(drain => StateOf(drain) is null)", "next.Alive.Where(drain => StateOf(drain) is null && !state.Alive.Contains(drain))", Families.Draining),
        new("unmade-is-over", "A run that is reserved and not yet made counts as over.", State,
            "state is RunState.Succeeded or", "state is null or RunState.Succeeded or", Families.Draining),
        new("stopping-is-over", "A run whose task is being stopped counts as over.", State,
            "state is RunState.Succeeded or", "state is RunState.Stopping or RunState.Succeeded or", Families.Draining),
        new("counts-only-new", "Those that drain the queue already are not counted.", State,
            "Desired(queue, reading) - Alive.Length", "Desired(queue, reading)", Families.Draining),
    ];
}
