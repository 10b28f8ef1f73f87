using Amazon.Runtime;

namespace Jobs.Cli.Verify;

/// <summary>What a verification leaves in the stack, and how each is removed.</summary>
internal sealed class Traces(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly List<(string What, Func<CancellationToken, Task> Remove)> _all = [];

    /// <param name="what">For people: what it is that stays when it cannot be removed.</param>
    /// <param name="remove">Safe when there is nothing to remove.</param>
    public void Add(string what, Func<CancellationToken, Task> remove)
    {
        lock (_gate) _all.Add((what, remove));
    }

    /// <summary>Removes all of it, side by side. Does not throw.</summary>
    /// <param name="limit">Longer than this nothing is waited for.</param>
    /// <returns>What may still be there, and why.</returns>
    public async Task<IReadOnlyList<string>> RemoveAsync(TimeSpan limit)
    {
        (string What, Func<CancellationToken, Task> Remove)[] all;
        lock (_gate) all = [.. _all];
        using var over = new CancellationTokenSource(limit, clock);
        var left = await Task.WhenAll(all.Select(one => TryAsync(one.What, one.Remove, over.Token)));
        return [.. left.OfType<string>()];
    }

    private static async Task<string?> TryAsync(
        string what, Func<CancellationToken, Task> remove, CancellationToken cancellation)
    {
        try
        {
            await remove(cancellation);
            return null;
        }
        catch (OperationCanceledException)
        {
            return $"{what} (it took too long)";
        }
        catch (Exception e) when (e is AmazonServiceException or HttpRequestException)
        {
            return $"{what} ({e.Message})";
        }
    }
}
