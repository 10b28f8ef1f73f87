namespace Jobs.Tests.Simulation.Mutants;

/// <summary>Runs schedules on mutants.</summary>
internal sealed class MutantProbe
{
    /// <summary>Schedules within which every mutant has to show.</summary>
    public const ulong Schedules = 1_000;

    private const ulong FirstSeed = 1;

    private readonly CoreCompiler _compiler = new();

    public static IEnumerable<Mutant> All => [.. LifecycleMutants.All, .. MachineryMutants.All];

    /// <summary>The first failure; null when the mutant behaves like Core.</summary>
    public (ulong Seed, string Invariant, string Sentence)? Run(Mutant mutant, ulong schedules = Schedules) =>
        new MutantContext(mutant, _compiler.Compile(mutant)).Probe(FirstSeed, schedules);
}
