using Jobs.Tests.Simulation.Schedules;
using Jobs.Tests.Simulation.Search;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation;

/// <summary>The real Core and the real functions, under everything AWS can do to them.</summary>
public sealed class ScheduleTests
{
    /// <summary>Seeds 1 to 5,000, the same in every run: what fails here fails everywhere. More are bench/simulation's.</summary>
    private const ulong Schedules = 5_000;

    [Fact]
    public void Every_run_ends_well_in_five_thousand_schedules()
    {
        var campaign = new Campaign(1, Schedules);

        campaign.Run(threads: 2);

        Assert.True(campaign.Failure is null, campaign.Failure is { } failure ? $"Seed {failure.Schedule.Seed}: {Shrinker.Shrink(failure).Report()}" : null);
        Assert.Equal((long)Schedules, campaign.Done);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(42)]
    [InlineData(1_795)]
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

    [Fact]
    public void Different_seeds_are_different_schedules() =>
        Assert.Equal(100, Enumerable.Range(1, 100).Select(seed =>
        {
            var world = new SimulatedWorld(Schedule.Of((ulong)seed));
            world.Run();
            return world.Trace.Hash;
        }).Distinct().Count());
}
