using Jobs.Cli.Output;

namespace Jobs.Cli.Verify;

/// <summary>The queues of what could not be done, before all other trials and after them.</summary>
internal sealed class DeadLetterTrial(Stage stage)
    : Trial("dead-letters", "None of all this leaves a dead letter.")
{
    private Dictionary<string, int> _before = [];

    public async Task BeginAsync(CancellationToken cancellation) => _before = await CountAsync(cancellation);

    protected override async Task<Finding> TryAsync(CancellationToken cancellation)
    {
        var more = (await CountAsync(cancellation))
            .Where(queue => queue.Value > _before.GetValueOrDefault(queue.Key))
            .Select(queue => (Name: queue.Key, Count: queue.Value - _before.GetValueOrDefault(queue.Key)))
            .ToList();
        return more.Count == 0
            ? Kept($"No message has come to the {Words.Count(_before.Count, "queue")} of dead letters.")
            : throw new MissedException(
                string.Join(", ", more.Select(queue => $"{queue.Name} has {queue.Count} more")) + ".",
                $"Read why: {stage.Lines.DeadLetters(more[0].Name)}");
    }

    private async Task<Dictionary<string, int>> CountAsync(CancellationToken cancellation)
    {
        var queues = stage.Stack.Queues;
        var depths = await Task.WhenAll(queues.DeadLetters.Select(
            async name => (name, (await queues.DepthAsync(name, deadLetters: true, cancellation)).Total)));
        return depths.ToDictionary(queue => queue.name, queue => queue.Total);
    }
}
