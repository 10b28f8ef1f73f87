using Jobs.Tests.Simulation.Schedules;
using Jobs.Tests.Simulation.Search;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation;

/// <summary>The real Core and the real functions, under everything AWS can do to them.</summary>
public sealed class ScheduleTests
{
    /// <summary>
    /// Numbers 1 to 2,000, the same in every run: what fails here fails everywhere. Fresh ones are bench/simulation's.
    /// </summary>
    private const ulong Count = 2_000;

    public static TheoryData<ulong> Failed() => [.. FailedSeeds.Read().Select(line => line.Seed)];

    [Fact]
    public void Every_run_ends_well_in_two_thousand_plain_schedules() => RunAll(Generator.Plain);

    [Fact]
    public void Every_run_ends_well_in_two_thousand_wide_schedules() => RunAll(Generator.Wide);

    [Theory]
    [MemberData(nameof(Failed))]
    public void Seed_that_failed_once_is_well(ulong seed)
    {
        var failure = Failure.Of(Schedule.Of(seed));

        Assert.True(failure is null, failure?.Report());
    }

    [Theory]
    [InlineData(7)]
    [InlineData(42)]
    [InlineData(1_795)]
    [InlineData(WideSchedules.First + 7)]
    [InlineData(WideSchedules.First + 42)]
    public void Seed_replays_exactly(ulong seed)
    {
        var hashes = Enumerable.Range(0, 3).Select(_ =>
        {
            var world = new SimulatedWorld(Schedule.Of(seed), keepsTrace: seed % 2 == 0);
            world.Run();
            return (world.Trace.Hash, world.Loop.Count, world.Loop.Now);
        }).Distinct();

        Assert.Single(hashes);
    }

    [Theory]
    [InlineData(Generator.Plain)]
    [InlineData(Generator.Wide)]
    internal void Different_seeds_are_different_schedules(Generator generator) =>
        Assert.Equal(100, Enumerable.Range(0, 100).Select(index =>
        {
            var world = new SimulatedWorld(Schedule.Of(new Seeds(1, 100, generator)[(ulong)index]));
            world.Run();
            return world.Trace.Hash;
        }).Distinct().Count());

    private static void RunAll(Generator generator)
    {
        var campaign = new Campaign(new Seeds(1, Count, generator));

        campaign.Run(threads: 2);

        Assert.True(
            campaign.Failure is null,
            campaign.Failure is { } failure
                ? $"Seed {failure.Schedule.Seed}: {Shrinker.Shrink(failure).Report()}"
                : null);
        Assert.Equal((long)Count, campaign.Done);
    }
}
