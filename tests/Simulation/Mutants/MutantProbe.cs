namespace Jobs.Tests.Simulation.Mutants;

/// <summary>Runs schedules on mutants.</summary>
internal sealed class MutantProbe
{
    /// <summary>Schedules within which every mutant has to show.</summary>
    public const ulong Schedules = 1_000;

    private const ulong FirstSeed = 1;

    private readonly CoreCompiler _compiler = new();

    public static IEnumerable<Mutant> All => [.. LifecycleMutants.All, .. MachineryMutants.All, .. BacklogMutants.All];

    /// <summary>The first failure; null when the mutant behaves like Core.</summary>
    public (ulong Seed, string Invariant, string Sentence)? Run(Mutant mutant, ulong schedules = Schedules) =>
        new MutantContext(mutant, _compiler.Compile(mutant)).Probe(FirstSeed, schedules);

    /// <summary>What is left of the first failure when it is shrunk.</summary>
    public string[]? Shrink(Mutant mutant)
    {
        var context = new MutantContext(mutant, _compiler.Compile(mutant));
        return context.Probe(FirstSeed, Schedules) is { } failure ? context.Shrink(failure.Seed) : null;
    }
}
