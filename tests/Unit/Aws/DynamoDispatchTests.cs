using Amazon.DynamoDBv2.Model;
using Jobs.Aws.Runs;
using Jobs.Core.Dispatch;
using Jobs.Core.Runs;
using Jobs.Tests.InMemory;
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
        await tables.Client.DeleteItemAsync(
            DynamoTables.Runs, new() { ["pk"] = new("dispatch"), ["sk"] = new("lease") });
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
        var taken = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(i => TakeAsync(Lease(inMemory: false), $"h{i}", 0)));

        Assert.Single(taken, lease => lease is not null);
    }

    private static Task<DispatchLease?> TakeAsync(IDispatchLease lease, string holder, int second) =>
        lease.TakeAsync(holder, Now.AddSeconds(second), Now.AddSeconds(second + 15), CancellationToken.None);

    private static Task<bool> KeepAsync(IDispatchLease lease, string holder, int second, double tokens) =>
        lease.KeepAsync(
            holder, Now.AddSeconds(second + 15), new Pacing(tokens, Now.AddSeconds(second)), CancellationToken.None);

    private IDispatchLease Lease(bool inMemory) =>
        inMemory ? new InMemoryDispatchLease() : new DynamoDispatchLease(tables.Client, DynamoTables.Runs);
}
