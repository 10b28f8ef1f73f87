using System.Collections.Concurrent;

namespace Jobs.Core;

/// <summary>
/// Work side by side, a bounded number at a time, on the caller's task scheduler: <see cref="Parallel"/> would bring
/// its own threads, and a simulation its schedule to nothing.
/// </summary>
internal static class Concurrently
{
    /// <summary>Hands every item to the body. What fails for one keeps no other from its turn.</summary>
    /// <returns>What failed, in the order in which it did.</returns>
    public static async Task<IReadOnlyCollection<Exception>> ForEachAsync<T>(
        IEnumerable<T> items, int degree, Func<T, Task> body, CancellationToken cancellation)
    {
        var waiting = new ConcurrentQueue<T>(items);
        var failures = new ConcurrentQueue<Exception>();
        await Task.WhenAll(Enumerable.Range(0, Math.Min(degree, waiting.Count)).Select(_ => WorkAsync()));
        return failures;

        async Task WorkAsync()
        {
            while (waiting.TryDequeue(out var item))
            {
                cancellation.ThrowIfCancellationRequested();
                try
                {
                    await body(item);
                }
                catch (Exception e) when (!cancellation.IsCancellationRequested)
                {
                    failures.Enqueue(e);
                }
            }
        }
    }
}
