using Jobs.Tests.Simulation.Mutants;

namespace Jobs.Tests.Simulation;

/// <summary>
/// The same for bugs that show only in wide schedules. A class of its own, so that the two use two cores.
/// </summary>
public sealed class WideMutantTests
{
    private static readonly MutantProbe Probe = new();

    public static TheoryData<string> Names() =>
        [.. MutantProbe.All.Where(mutant => mutant.IsWide).Select(mutant => mutant.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Seeded_bug_is_caught(string name) => Probe.AssertCaught(name);
}
