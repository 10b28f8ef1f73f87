using Amazon.DynamoDBv2.Model;
using Jobs.Aws.Runs;
using Jobs.Core.Dispatch;
using Jobs.Core.InMemory;
using Jobs.Core.Ports;
using Jobs.Core.Runs;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Aws;

/// <summary>The dispatcher's lease and the CPU budget: what holds for a port holds for its in-memory twin.</summary>
[Collection(nameof(DynamoTables))]
public sealed class DynamoDispatchTests(DynamoTables tables) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = Sample.Now;

    // Each is one item of the table, which the tests share.
    public async Task InitializeAsync()
    {
        await tables.Client.DeleteItemAsync(DynamoTables.Runs, new() { ["pk"] = new("dispatch"), ["sk"] = new("lease") });
        await tables.Client.DeleteItemAsync(DynamoTables.Runs, new() { ["pk"] = new("budget"), ["sk"] = new("vcpu") });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Lease_has_one_holder_until_it_is_released_or_expires(bool inMemory)
    {
        var lease = Lease(inMemory);

        Assert.Equal(new DispatchLease(null), await TakeAsync(lease, "a", 0));
        Assert.Null(await TakeAsync(lease, "b", 14));
        Assert.NotNull(await TakeAsync(lease, "a", 14));
        Assert.Null(await TakeAsync(lease, "b", 28));
        Assert.NotNull(await TakeAsync(lease, "b", 29));
        Assert.False(await KeepAsync(lease, "a", 30, 1));
        await lease.ReleaseAsync("a", new Pacing(1, Now), CancellationToken.None);
        Assert.Null(await TakeAsync(lease, "a", 31));
        await lease.ReleaseAsync("b", new Pacing(1, Now), CancellationToken.None);
        Assert.NotNull(await TakeAsync(lease, "a", 31));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Lease_that_is_kept_does_not_expire_and_hands_the_pacing_on(bool inMemory)
    {
        var lease = Lease(inMemory);
        await TakeAsync(lease, "a", 0);

        Assert.True(await KeepAsync(lease, "a", 10, 42.125));
        Assert.Null(await TakeAsync(lease, "b", 24));
        Assert.Equal(new DispatchLease(new Pacing(42.125, Now.AddSeconds(10))), await TakeAsync(lease, "b", 25));
        await lease.ReleaseAsync("b", new Pacing(0, Now.AddSeconds(26)), CancellationToken.None);
        Assert.Equal(new DispatchLease(new Pacing(0, Now.AddSeconds(26))), await TakeAsync(lease, "c", 26));
    }

    [Fact]
    public async Task Lease_asked_for_by_many_at_once_has_one_holder()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => TakeAsync(Lease(inMemory: false), $"h{i}", 0)));

        Assert.Single(taken, lease => lease is not null);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Shares_stay_within_the_limit_are_repeatable_and_given_back_whole(bool inMemory)
    {
        var budget = Budget(inMemory, 1_024);
        var launches = Launches(5);

        Assert.True(await budget.AcquireAsync(launches[0], 512, CancellationToken.None));
        Assert.True(await budget.AcquireAsync(launches[0], 512, CancellationToken.None));
        Assert.True(await budget.AcquireAsync(launches[1], 256, CancellationToken.None));
        Assert.False(await budget.AcquireAsync(launches[2], 512, CancellationToken.None));
        Assert.True(await budget.AcquireAsync(launches[3], 256, CancellationToken.None));
        await AssertUseAsync(1_024, launches[0], launches[1], launches[3]);

        await budget.ReleaseAsync(launches[4], CancellationToken.None);
        await budget.ReleaseAsync(launches[0], CancellationToken.None);
        await budget.ReleaseAsync(launches[0], CancellationToken.None);
        await AssertUseAsync(512, launches[1], launches[3]);
        Assert.True(await budget.AcquireAsync(launches[2], 512, CancellationToken.None));

        async Task AssertUseAsync(int used, params LaunchId[] holders)
        {
            var use = await budget.ReadAsync(CancellationToken.None);
            Assert.Equal((1_024, used), (use.Limit, use.Used));
            Assert.Equal(holders.ToHashSet(), [.. use.Holders]);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Release_names_the_jobs_that_were_refused_until_nobody_waits(bool inMemory)
    {
        var budget = Budget(inMemory, 256);
        var launch = Launches(1)[0];
        await budget.AcquireAsync(launch, 256, CancellationToken.None);
        Assert.Empty(await budget.ReleaseAsync(launch, CancellationToken.None));

        await budget.AcquireAsync(launch, 256, CancellationToken.None);
        foreach (var job in (string[])["b", "a", "b"]) Assert.False(await budget.AcquireAsync(new LaunchId(RunId.From(job, "x"), 1), 256, CancellationToken.None));
        Assert.Equal(["a", "b"], (await budget.ReleaseAsync(launch, CancellationToken.None)).Order(StringComparer.Ordinal));

        await budget.AcquireAsync(launch, 256, CancellationToken.None);
        await budget.NobodyWaitsAsync("a", CancellationToken.None);
        Assert.Equal(["b"], await budget.ReleaseAsync(launch, CancellationToken.None));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Launch_larger_than_the_limit_runs_alone(bool inMemory)
    {
        var budget = Budget(inMemory, 256);
        var launches = Launches(2);

        Assert.True(await budget.AcquireAsync(launches[0], 1_024, CancellationToken.None));
        Assert.False(await budget.AcquireAsync(launches[1], 256, CancellationToken.None));
        await budget.ReleaseAsync(launches[0], CancellationToken.None);
        Assert.True(await budget.AcquireAsync(launches[1], 256, CancellationToken.None));
        Assert.False(await budget.AcquireAsync(launches[0], 1_024, CancellationToken.None));
    }

    [Fact]
    public async Task Shares_taken_and_given_back_at_once_add_up()
    {
        var budget = Budget(inMemory: false, 7 * 256);
        var launches = Launches(30);

        var taken = await Task.WhenAll(launches.Select(launch => budget.AcquireAsync(launch, 256, CancellationToken.None)));
        Assert.Equal(7, taken.Count(took => took));

        await Task.WhenAll(launches.Concat(launches).Select(launch => budget.ReleaseAsync(launch, CancellationToken.None)));
        Assert.Equal(0, (await budget.ReadAsync(CancellationToken.None)).Used);
    }

    [Fact]
    public async Task Item_of_five_hundred_shares_stays_below_what_a_write_may_cost()
    {
        var budget = Budget(inMemory: false, int.MaxValue);
        foreach (var launch in Launches(500)) await budget.AcquireAsync(launch, 256, CancellationToken.None);

        var item = (await tables.Client.GetItemAsync(new GetItemRequest { TableName = DynamoTables.Runs, Key = new() { ["pk"] = new("budget"), ["sk"] = new("vcpu") } })).Item;

        Assert.InRange(item.Sum(pair => pair.Key.Length + 3), 10_000, 32 * 1_024);
    }

    private static Task<DispatchLease?> TakeAsync(IDispatchLease lease, string holder, int second) =>
        lease.TakeAsync(holder, Now.AddSeconds(second), Now.AddSeconds(second + 15), CancellationToken.None);

    private static Task<bool> KeepAsync(IDispatchLease lease, string holder, int second, double tokens) =>
        lease.KeepAsync(holder, Now.AddSeconds(second + 15), new Pacing(tokens, Now.AddSeconds(second)), CancellationToken.None);

    private static List<LaunchId> Launches(int count) => [.. Enumerable.Range(1, count).Select(i => new LaunchId(RunId.From("budget-test", $"{i}"), i))];

    private IDispatchLease Lease(bool inMemory) => inMemory ? new InMemoryDispatchLease() : new DynamoDispatchLease(tables.Client, DynamoTables.Runs);

    private IVcpuBudget Budget(bool inMemory, int limit) => inMemory ? new InMemoryVcpuBudget(limit) : new DynamoVcpuBudget(tables.Client, DynamoTables.Runs, limit);
}
