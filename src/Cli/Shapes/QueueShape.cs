using Jobs.Cli.Ports;

namespace Jobs.Cli.Shapes;

/// <summary>A queue and about how many messages are in it.</summary>
/// <param name="DeadLetters">What it could not handle.</param>
internal sealed record QueueShape(string Name, int Visible, int InFlight, int Delayed, int DeadLetters)
{
    /// <summary>Every queue of the stack by name, those that have only dead letters included.</summary>
    public static async Task<IReadOnlyList<QueueShape>> ReadAllAsync(IQueues queues, CancellationToken cancellation) =>
        await Task.WhenAll(queues.Working.Union(queues.DeadLetters).Order(StringComparer.Ordinal).Select(async name =>
        {
            var depth = queues.Working.Contains(name) ? await queues.DepthAsync(name, deadLetters: false, cancellation) : new QueueDepth(0, 0, 0);
            var dead = queues.DeadLetters.Contains(name) ? await queues.DepthAsync(name, deadLetters: true, cancellation) : new QueueDepth(0, 0, 0);
            return new QueueShape(name, depth.Visible, depth.InFlight, depth.Delayed, dead.Total);
        }));
}
