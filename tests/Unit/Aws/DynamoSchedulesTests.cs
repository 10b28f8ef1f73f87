using Jobs.Aws.Runs;
using Jobs.Core.Ids;
using Jobs.Core.Scheduling;
using Jobs.Tests.InMemory;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Aws;

/// <summary>What holds for the port holds for its in-memory twin.</summary>
[Collection(nameof(DynamoTables))]
public sealed class DynamoSchedulesTests(DynamoTables tables)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Schedule_is_read_as_written_and_a_write_needs_the_version_before(bool inMemory)
    {
        var schedules = Port(inMemory);
        var key = new ScheduleKey("schedule-test", inMemory ? "memory" : "dynamo");
        Assert.Equivalent(new ScheduleState(key), await schedules.ReadAsync(key, default), strict: true);
        var first = new ScheduleState(key) { Version = 1, LastPlannedAt = Sample.Now };
        var second = first with
        {
            Version = 2,
            Holder = Sample.Now,
            Next = Sample.Now.AddHours(1),
            Replaces = true,
            Skips = [Sample.Now.AddHours(-2), Sample.Now.AddHours(-1)],
            Expression = "cron(0 2 * * ? *) Europe/Berlin",
            WatchedSince = Sample.Now.AddDays(-1),
            ToldMissing = Sample.Now.AddHours(-3),
        };

        Assert.True(await schedules.SaveAsync(first, default));
        Assert.False(await schedules.SaveAsync(first, default));
        Assert.True(await schedules.SaveAsync(second, default));
        Assert.False(await schedules.SaveAsync(second, default));

        Assert.Equivalent(second, await schedules.ReadAsync(key, default), strict: true);
        Assert.Equivalent(
            second, Assert.Single(await schedules.AllAsync(default), state => state.Key == key), strict: true);
        await schedules.ForgetAsync(first, default);
        Assert.Equal(2, (await schedules.ReadAsync(key, default)).Version);
        await schedules.ForgetAsync(second, default);
        Assert.Equal(0, (await schedules.ReadAsync(key, default)).Version);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Mark_of_the_watch_is_kept(bool inMemory)
    {
        var schedules = Port(inMemory);
        var mark = new ScheduleWatchMark(Sample.Now.AddMinutes(5), Sample.Now);

        await schedules.WriteMarkAsync(mark, default);

        Assert.Equal(mark, await schedules.ReadMarkAsync(default));
    }

    private ISchedules Port(bool inMemory) =>
        inMemory ? new InMemorySchedules() : new DynamoSchedules(tables.Client, DynamoTables.Runs);
}
