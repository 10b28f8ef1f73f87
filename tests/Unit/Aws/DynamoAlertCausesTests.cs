using Jobs.Aws.Alerts;
using Jobs.Core.Alerts;
using Jobs.Core.InMemory;
using Jobs.Core.Ports;
using Jobs.Core.Runs;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Aws;

/// <summary>What holds for the port holds for its in-memory twin.</summary>
[Collection(nameof(DynamoTables))]
public sealed class DynamoAlertCausesTests(DynamoTables tables)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cause_opens_counts_each_run_once_and_closes(bool inMemory)
    {
        var causes = Port(inMemory);
        var key = new AlertCauseKey("alert-test", false, "JobFailed System.Exception");

        var first = await causes.CountAsync(key, Id("a"), "tail", Sample.Now, default);
        var again = await causes.CountAsync(key, Id("a"), "other", Sample.Now.AddSeconds(1), default);
        var second = await causes.CountAsync(key, Id("b"), "other", Sample.Now.AddSeconds(2), default);

        Assert.Equal((true, false, false), (first!.IsFirst, again!.IsFirst, second!.IsFirst));
        Assert.Equal((2, "tail", Id("a").Key, Sample.Now, Sample.Now.AddSeconds(2)), (second.Cause.Count, second.Cause.AlertId, second.Cause.FirstRun, second.Cause.OpenedAt, second.Cause.LastAt));
        Assert.Equal(Sample.Now, second.Cause.ClaimedAt);
        Assert.False(second.Cause.FirstIsSent);
        Assert.True(await causes.NoteSentAsync(first.Cause, AlertStep.First, default));
        var told = Assert.Single(await causes.OpenAsync(default), cause => cause.Key == key);
        Assert.Equal((true, null), (told.FirstIsSent, told.ClaimedAt));

        Assert.True(await causes.ClaimAsync(told, AlertStep.Over, Sample.Now.AddHours(1), default));
        Assert.False(await causes.ClaimAsync(told, AlertStep.Over, Sample.Now.AddHours(1), default));
        Assert.Null(await causes.CountAsync(key, Id("c"), "next", Sample.Now.AddHours(1), default));
        Assert.False(await causes.NoteSentAsync(told, AlertStep.Over, default));
        Assert.True(await causes.NoteSentAsync(told with { Claims = told.Claims + 1 }, AlertStep.Over, default));
        Assert.DoesNotContain(await causes.OpenAsync(default), cause => cause.Key == key);
        Assert.True((await causes.CountAsync(key, Id("c"), "next", Sample.Now.AddHours(1), default))!.IsFirst);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Last_email_is_not_claimed_when_a_run_was_counted_since(bool inMemory)
    {
        var causes = Port(inMemory);
        var key = new AlertCauseKey("alert-test", false, "race");
        var seen = (await causes.CountAsync(key, Id("a"), "tail", Sample.Now, default))!.Cause;
        await causes.CountAsync(key, Id("b"), "tail", Sample.Now, default);

        Assert.False(await causes.ClaimAsync(seen, AlertStep.Over, Sample.Now, default));
        Assert.True(await causes.ClaimAsync(seen, AlertStep.Storm, Sample.Now, default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stuck_run_settles_once(bool inMemory)
    {
        var causes = Port(inMemory);
        var key = new AlertCauseKey("alert-test", true, "CapacityUnavailable");
        await causes.CountAsync(key, Id("a"), "tail", Sample.Now, default);
        await causes.CountAsync(key, Id("b"), "tail", Sample.Now, default);

        var one = await causes.SettleAsync(key, Id("a"), recovered: true, Sample.Now, default);
        Assert.Null(await causes.SettleAsync(key, Id("a"), recovered: true, Sample.Now, default));
        var both = await causes.SettleAsync(key, Id("b"), recovered: false, Sample.Now, default);

        Assert.Equal((1, 1), (one!.Settled, one.Recovered));
        Assert.Equal((2, 2, 1), (both!.Count, both.Settled, both.Recovered));
        Assert.Empty(both.Runs);
        Assert.Null(await causes.SettleAsync(key with { Job = "unknown" }, Id("a"), recovered: true, Sample.Now, default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Runs_beyond_what_is_remembered_are_only_counted(bool inMemory)
    {
        var causes = Port(inMemory);
        var key = new AlertCauseKey("alert-test", false, "storm");
        AlertCount? last = null;
        for (var i = 0; i < AlertCause.MaxRuns + 3; i++) last = await causes.CountAsync(key, Id($"{i}"), "tail", Sample.Now, default);

        Assert.Equal((AlertCause.MaxRuns + 3, AlertCause.MaxRuns, false), (last!.Cause.Count, last.Cause.Runs.Count, last.Cause.CountIsExact));
    }

    [Fact]
    public async Task Runs_that_fail_at_once_open_one_cause()
    {
        var causes = Port(inMemory: false);
        var key = new AlertCauseKey("alert-test", false, "burst");

        var counts = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => causes.CountAsync(key, Id($"{i}"), "tail", Sample.Now, default)));

        Assert.Single(counts, count => count!.IsFirst);
        Assert.Equal(30, (await causes.OpenAsync(default)).Single(cause => cause.Key == key).Count);
    }

    private IAlertCauses Port(bool inMemory) => inMemory ? new InMemoryAlertCauses() : new DynamoAlertCauses(tables.Client, DynamoTables.Runs);

    private static RunId Id(string name) => RunId.From("alert-test", name);
}
