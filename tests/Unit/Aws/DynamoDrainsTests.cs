using Jobs.Aws.Runs;
using Jobs.Core.Backlog;
using Jobs.Tests.InMemory;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Aws;

/// <summary>What holds for the port holds for its in-memory twin.</summary>
[Collection(nameof(DynamoTables))]
public sealed class DynamoDrainsTests(DynamoTables tables)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Drains_are_read_as_written_and_a_write_needs_the_version_before(bool inMemory)
    {
        IDrains drains = inMemory ? new InMemoryDrains() : new DynamoDrains(tables.Client, DynamoTables.Runs);
        Assert.Equivalent(new DrainState("drain-test"), await drains.ReadAsync("drain-test", default), strict: true);
        var first = new DrainState("drain-test")
        {
            Version = 1,
            Generation = 1_700_000_000,
            Alive = [.. Enumerable.Range(0, 12).Select(i => new Drain(1_700_000_000, i))],
        };
        var second = first with { Version = 2, Alive = [], Failures = 3, NotBefore = Sample.Now };

        Assert.True(await drains.SaveAsync(first, default));
        Assert.False(await drains.SaveAsync(first, default));
        var read = await drains.ReadAsync("drain-test", default);
        Assert.Equal(first.Alive.AsEnumerable(), read.Alive.AsEnumerable());
        Assert.Equivalent(first with { Alive = [] }, read with { Alive = [] }, strict: true);

        Assert.True(await drains.SaveAsync(second, default));
        Assert.False(await drains.SaveAsync(second, default));
        Assert.Equivalent(second, await drains.ReadAsync("drain-test", default), strict: true);
    }

    [Fact]
    public async Task Of_many_that_write_at_once_one_succeeds()
    {
        var drains = new DynamoDrains(tables.Client, DynamoTables.Runs);

        var written = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(
                i => drains.SaveAsync(new DrainState("race-test") { Version = 1, Generation = i + 1 }, default)));

        Assert.Single(written, won => won);
    }

    [Fact]
    public async Task Five_hundred_runs_fit_into_an_item()
    {
        var drains = new DynamoDrains(tables.Client, DynamoTables.Runs);
        var full = new DrainState("full-test")
        {
            Version = 1,
            Alive = [.. Enumerable.Range(0, 500).Select(i => new Drain(1_700_000_000, i))],
        };

        Assert.True(await drains.SaveAsync(full, default));

        Assert.Equal(500, (await drains.ReadAsync("full-test", default)).Alive.Length);
    }
}
