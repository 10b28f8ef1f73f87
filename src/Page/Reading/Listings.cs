using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Page.Ground;

namespace Jobs.Page.Reading;

/// <summary>
/// The listings that browsers look at. A search of many runs goes on while its page is there already, and is the same
/// for each look until it has ended.
/// </summary>
internal sealed class Listings(Func<CancellationToken, Task<IStack>> connect, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(1.5);

    /// <summary>What was not looked at for so long is read anew, and waited for, when it is looked at again.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<RunQuery, (Kept<RunListing> Listing, DateTimeOffset AskedAt)> _kept = [];

    public Kept<RunListing> Of(RunQuery query)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            foreach (var old in _kept.Where(kept => kept.Value.AskedAt + Forgotten < now).ToList())
            {
                _kept.Remove(old.Key);
            }

            var listing = _kept.GetValueOrDefault(query).Listing
                ?? new Kept<RunListing>(token => ReadAsync(query, token), Life, clock);
            _kept[query] = (listing, now);
            return listing;
        }
    }

    /// <summary>Something was changed: what shows it is read anew.</summary>
    public void Expire()
    {
        lock (_gate) _kept.Clear();
    }

    private async Task<RunListing> ReadAsync(RunQuery query, CancellationToken cancellation)
    {
        var stack = await connect(cancellation);
        return query.IsRun
            ? new RunListing([await new RunFinder(stack).FindAsync(query.Text, cancellation)], null, [])
            : await RunListing.ReadAsync(
                stack, await query.FilterAsync(stack, clock.GetUtcNow(), cancellation), cancellation);
    }
}
