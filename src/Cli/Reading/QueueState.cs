using Jobs.Cli.Ports;

namespace Jobs.Cli.Reading;

/// <summary>A queue and about how many messages are in it.</summary>
/// <param name="Depth">What waits for whatever works on it.</param>
/// <param name="DeadLetters">What could not be handled.</param>
internal sealed record QueueState(string Name, QueueDepth Depth, int DeadLetters)
{
    private static readonly QueueDepth None = new(0, 0, 0);

    public bool IsEmpty => Depth.Total + DeadLetters == 0;

    /// <summary>Every queue of the stack by name, those that have only dead letters included.</summary>
    public static async Task<IReadOnlyList<QueueState>> AllAsync(IQueues queues, CancellationToken cancellation) =>
        await Task.WhenAll(queues.Working.Union(queues.DeadLetters).Order(StringComparer.Ordinal).Select(async name =>
        {
            var works = queues.Working.Contains(name);
            var depth = works ? await queues.DepthAsync(name, deadLetters: false, cancellation) : None;
            var isLast = queues.DeadLetters.Contains(name);
            var dead = isLast ? await queues.DepthAsync(name, deadLetters: true, cancellation) : None;
            return new QueueState(name, depth, dead.Total);
        }));
}
