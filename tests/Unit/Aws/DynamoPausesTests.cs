using Jobs.Aws.Runs;
using Jobs.Core.Pauses;
using Jobs.Tests.InMemory;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Aws;

/// <summary>What holds for the port holds for its in-memory twin.</summary>
[Collection(nameof(DynamoTables))]
public sealed class DynamoPausesTests(DynamoTables tables)
{
    private static readonly Pause Lasting = new("csv-import", null)
    {
        Id = "p1",
        From = Sample.Now,
        Reason = "The source is migrated.",
    };

    private static readonly Pause Ended = new("report", "nightly")
    {
        Id = "p2",
        From = Sample.Now.AddHours(-5),
        AskedAt = Sample.Now.AddHours(-6),
        Until = Sample.Now,
        Reason = "It is rewritten.",
        By = "user/alice",
        EndedAt = Sample.Now.AddHours(-1),
        EndedBy = "user/bob",
        EndedId = "r",
        EndAskedAt = Sample.Now.AddHours(-2),
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pauses_are_read_as_written_and_a_write_needs_the_version_before(bool inMemory)
    {
        IPauses pauses = inMemory ? new InMemoryPauses() : new DynamoPauses(tables.Client, DynamoTables.Runs);
        Assert.Empty((await pauses.ReadAsync(default)).All);
        var first = new PauseList([Lasting]) { Version = 1 };
        var second = new PauseList([Lasting, Ended]) { Version = 2 };

        Assert.True(await pauses.SaveAsync(first, default));
        Assert.False(await pauses.SaveAsync(first, default));
        Assert.True(await pauses.SaveAsync(second, default));
        Assert.False(await pauses.SaveAsync(second, default));

        var read = await pauses.ReadAsync(default);
        Assert.Equal(2, read.Version);
        Assert.Equal(second.All.ToList(), read.All.ToList());
    }
}
