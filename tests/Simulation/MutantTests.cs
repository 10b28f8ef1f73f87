using Jobs.Tests.Simulation.Mutants;

namespace Jobs.Tests.Simulation;

/// <summary>
/// Shows that the simulation can fail: bugs are put into Core's source, one at a time, and each is caught.
/// </summary>
public sealed class MutantTests
{
    private static readonly MutantProbe Probe = new();

    public static TheoryData<string> Names() =>
        [.. MutantProbe.All.Where(mutant => !mutant.IsWide).Select(mutant => mutant.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Seeded_bug_is_caught(string name) => Probe.AssertCaught(name);

    [Fact]
    public void Core_compiled_in_the_same_way_breaks_nothing() => Assert.Null(Probe.Run(Mutant.None, schedules: 300));

    [Theory]
    [InlineData("no-alert-owed")]
    [InlineData("no-backoff")]
    public void Failure_is_shrunk_to_a_smaller_schedule_that_fails_alike(string name)
    {
        var shrunk = Probe.Shrink(MutantProbe.All.Single(one => one.Name == name));

        Assert.True(shrunk is [var faults, var work, var fewerFaults, var lessWork, var kind, var sameKind, "True"]
                && int.Parse(fewerFaults) < int.Parse(faults)
                && int.Parse(lessWork) <= int.Parse(work)
                && kind == sameKind, string.Join(", ", shrunk ?? ["not caught"]));
    }

    [Fact]
    public void Mutant_whose_fragment_is_gone_says_so()
    {
        var error = Assert.Throws<InvalidOperationException>(
            () => Probe.Run(LifecycleMutants.All[0] with { Original = "what is not there" }));

        Assert.Contains(
            $"is out of date: its original fragment occurs 0 times in {LifecycleMutants.All[0].File}",
            error.Message,
            StringComparison.Ordinal);
    }
}
