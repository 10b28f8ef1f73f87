using Jobs.Tests.Simulation.Schedules;
using Jobs.Tests.Simulation.Search;

namespace Jobs.Tests.Simulation.Mutants;

/// <summary>Runs schedules on mutants, one at a time.</summary>
internal sealed class MutantProbe
{
    /// <summary>Schedules within which every mutant has to show.</summary>
    public const ulong Schedules = 1_500;

    private static readonly Lazy<CoreCompiler> Compiler = new(() => new());

    private static readonly Lazy<(byte[] Image, IReadOnlyDictionary<Mutant, int> Numbers)> Together =
        new(() => Compiler.Value.CompileTogether(All));

    // A Core of this probe's own, because one mutant at a time is awake in it. What it keeps from its start is Core's,
    // of no mutant: it has run without one before.
    private readonly Lazy<MutantContext> _together = new(
        () =>
        {
            var context = new MutantContext("mutants", Together.Value.Image);
            context.Probe(1, 10);
            context.Probe(WideSchedules.First, 10);
            return context;
        });

    public static IEnumerable<Mutant> All =>
        [
            .. LifecycleMutants.All, .. MachineryMutants.All, .. BacklogMutants.All, .. ChildMutants.All,
            .. ScheduleMutants.All, .. CommandMutants.All, .. PauseMutants.All,
        ];

    /// <summary>The first failure that Core itself does not have; null when the mutant behaves like Core.</summary>
    public (ulong Seed, string Invariant, string Sentence)? Run(Mutant mutant, ulong schedules = Schedules)
    {
        var context = ContextOf(mutant);
        var first = FirstOf(mutant);
        for (var seed = first; seed < first + schedules;)
        {
            if (context.Probe(seed, first + schedules - seed) is not { } failure) return null;
            if (mutant == Mutant.None || Failure.Of(Schedule.Of(failure.Seed))?.Violation.Sentence != failure.Sentence)
            {
                return failure;
            }

            seed = failure.Seed + 1;
        }

        return null;
    }

    /// <summary>Fails unless an invariant that the mutant names notices it, before any other.</summary>
    public void AssertCaught(string name)
    {
        var mutant = All.Single(one => one.Name == name);
        var failure = Run(mutant);
        Assert.True(failure is not null, $"{mutant.Forgets} No invariant notices within {Schedules} schedules.");
        Assert.True(
            mutant.CaughtBy.Contains(failure.Value.Invariant),
            $"{mutant.Forgets} It was expected to break {string.Join(" or ", mutant.CaughtBy)}, but seed {failure.Value.Seed} says: " +
            $"{failure.Value.Invariant}: {failure.Value.Sentence}");
    }

    /// <summary>What is left of the first failure when it is shrunk.</summary>
    public string[]? Shrink(Mutant mutant)
    {
        var context = ContextOf(mutant);
        return context.Probe(FirstOf(mutant), Schedules) is { } failure ? context.Shrink(failure.Seed) : null;
    }

    private MutantContext ContextOf(Mutant mutant)
    {
        if (!Together.Value.Numbers.TryGetValue(mutant, out var number))
        {
            return new MutantContext(mutant.Name, Compiler.Value.Compile(mutant));
        }

        _together.Value.Wake(number);
        return _together.Value;
    }

    private static ulong FirstOf(Mutant mutant) => (mutant.IsWide ? WideSchedules.First : 1) + mutant.Skips;
}
