using Jobs.Aws.Runs;
using Jobs.Aws.Workers;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Slots;
using Jobs.Core.Workers;
using Jobs.Tests.InMemory;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Aws;

/// <summary>What holds for a port holds for its in-memory twin.</summary>
[Collection(nameof(DynamoTables))]
public sealed class DynamoSlotsTests(DynamoTables tables)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Slots_are_capped_repeatable_and_given_back(bool inMemory)
    {
        ISlots slots = inMemory ? new InMemorySlots() : new DynamoSlots(tables.Client, DynamoTables.Runs);
        var holders = Enumerable.Range(1, 4).Select(i => new LaunchId(RunId.From("slots-test", $"{i}"), i)).ToList();

        Assert.Empty(await HoldersAsync(slots, "slots-test"));
        Assert.True(await slots.AcquireAsync(holders[0], 0, 2, CancellationToken.None));
        Assert.True(await slots.AcquireAsync(holders[1], 0, 2, CancellationToken.None));
        Assert.False(await slots.AcquireAsync(holders[2], 0, 2, CancellationToken.None));
        Assert.True(await slots.AcquireAsync(holders[0], 0, 2, CancellationToken.None));
        Assert.Equal(holders[..2].ToHashSet(), [.. await HoldersAsync(slots, "slots-test")]);

        await slots.ReleaseAsync(holders[3], 0, CancellationToken.None);
        await slots.ReleaseAsync(holders[0], 0, CancellationToken.None);
        await slots.ReleaseAsync(holders[0], 0, CancellationToken.None);
        Assert.True(await slots.AcquireAsync(holders[2], 0, 2, CancellationToken.None));
        await slots.ReleaseAsync(holders[1], 0, CancellationToken.None);
        await slots.ReleaseAsync(holders[2], 0, CancellationToken.None);
        Assert.Empty(await HoldersAsync(slots, "slots-test"));
        Assert.True(await slots.AcquireAsync(holders[3], 0, 1, CancellationToken.None));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Release_says_that_a_run_may_wait_only_after_a_refusal(bool inMemory)
    {
        ISlots slots = inMemory ? new InMemorySlots() : new DynamoSlots(tables.Client, DynamoTables.Runs);
        var holders = Enumerable.Range(1, 2).Select(i => new LaunchId(RunId.From("wait-test", $"{i}"), i)).ToList();

        await slots.AcquireAsync(holders[0], 0, 1, CancellationToken.None);
        Assert.False(await slots.ReleaseAsync(holders[0], 0, CancellationToken.None));
        await slots.AcquireAsync(holders[0], 0, 1, CancellationToken.None);
        Assert.False(await slots.AcquireAsync(holders[1], 0, 1, CancellationToken.None));
        Assert.True(await slots.ReleaseAsync(holders[0], 0, CancellationToken.None));
        await slots.NobodyWaitsAsync("wait-test", 0, CancellationToken.None);
        Assert.False(await slots.ReleaseAsync(holders[0], 0, CancellationToken.None));
    }

    [Fact]
    public async Task Slots_taken_at_once_never_exceed_the_cap()
    {
        var slots = new DynamoSlots(tables.Client, DynamoTables.Runs);

        var taken = await Task.WhenAll(Enumerable.Range(0, 30).Select(i =>
            slots.AcquireAsync(new LaunchId(RunId.From("burst-test", $"{i}"), 1), 0, 7, CancellationToken.None)));

        Assert.Equal(7, taken.Count(took => took));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Launch_is_claimed_by_one_task_and_a_later_launch_takes_over(bool inMemory)
    {
        IWorkerRecords workers = inMemory
            ? new InMemoryWorkerRecords()
            : new DynamoWorkerRecords(tables.Client, DynamoTables.Results);
        var first = new LaunchId(RunId.From("claim-test", "x"), 1);
        var second = first with { Number = 2 };

        Assert.True(await workers.ClaimAsync(first, Sample.Task1, Sample.Now, CancellationToken.None));
        Assert.True(await workers.ClaimAsync(first, Sample.Task1, Sample.Now, CancellationToken.None));
        Assert.False(await workers.ClaimAsync(first, Sample.Task2, Sample.Now, CancellationToken.None));
        Assert.True(
            await workers.HeartbeatAsync(first, Sample.Now, new WorkerProgress(0.5, "half"), CancellationToken.None));
        Assert.True(await workers.ClaimAsync(second, Sample.Task2, Sample.Now, CancellationToken.None));
        Assert.False(await workers.ClaimAsync(first, Sample.Task1, Sample.Now, CancellationToken.None));
        Assert.False(await workers.HeartbeatAsync(first, Sample.Now, null, CancellationToken.None));
        Assert.False(
            await workers.CompleteAsync(
                first, Sample.Now, new WorkerOutcome(0) { ResultJson = "{}" }, CancellationToken.None));
        Assert.True(
            await workers.CompleteAsync(
                second, Sample.Now, new WorkerOutcome(0) { ResultJson = "{}" }, CancellationToken.None));
    }

    [Fact]
    public async Task Heartbeat_alone_claims_no_launch() =>
        Assert.False(await new DynamoWorkerRecords(tables.Client, DynamoTables.Results).HeartbeatAsync(
            new LaunchId(RunId.From("claim-test", "unclaimed"), 1), Sample.Now, null, CancellationToken.None));

    private static async Task<IReadOnlyList<LaunchId>> HoldersAsync(ISlots slots, string job) =>
        [.. (await slots.ReadAsync(job, CancellationToken.None)).SelectMany(block => block.Holders)];
}
