using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Core.Definitions;
using Jobs.Page.Ground;

namespace Jobs.Page.Reading;

/// <summary>What all views are made of, each read once for however many ask.</summary>
internal sealed class Sources
{
    /// <summary>A deployment may add queues.</summary>
    private static readonly TimeSpan StackLife = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan CatalogLife = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StatusLife = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan RecentLife = TimeSpan.FromSeconds(5);

    private readonly Kept<IStack> _stack;
    private readonly RecentRuns _recent = new();

    /// <param name="connect">To the stack as it is deployed now.</param>
    public Sources(Func<CancellationToken, Task<IStack>> connect, TimeProvider clock)
    {
        _stack = new Kept<IStack>(connect, StackLife, clock);
        Catalog = new Kept<JobCatalog>(
            async token => await (await _stack.GetAsync(token)).CatalogAsync(token), CatalogLife, clock);
        Status = new Kept<StackStatus>(
            async token => await StackStatus.ReadAsync(await _stack.GetAsync(token), clock.GetUtcNow(), token),
            StatusLife,
            clock);
        Recent = new Kept<RecentCounts>(
            async token => await _recent.ReadAsync(await _stack.GetAsync(token), clock.GetUtcNow(), token),
            RecentLife,
            clock);
        Listings = new Listings(_stack.GetAsync, clock);
    }

    public Kept<JobCatalog> Catalog { get; }

    public Kept<StackStatus> Status { get; }

    public Kept<RecentCounts> Recent { get; }

    public Listings Listings { get; }

    public Task<IStack> StackAsync(CancellationToken cancellation) => _stack.GetAsync(cancellation);

    /// <summary>Something was changed: what shows it is read anew.</summary>
    public void Expire()
    {
        Status.Expire();
        Listings.Expire();
    }
}
