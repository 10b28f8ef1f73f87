namespace Jobs.Sdk.Messages;

/// <summary>How a task works on its queue.</summary>
/// <param name="Parallelism">Messages in hand at once.</param>
/// <param name="Visibility">How long a message stays hidden unless that is extended, in whole seconds.</param>
/// <param name="MaxReceives">A message that fails in this receive, or a later one, goes to the dead letters.</param>
internal sealed record LoopSettings(int Parallelism, TimeSpan Visibility, int MaxReceives)
{
    private static readonly TimeSpan MaxLast = TimeSpan.FromMinutes(5);

    /// <summary>The loop ends when it has had nothing to do for so long; null for never.</summary>
    public TimeSpan? Idle { get; init; }

    /// <summary>
    /// Longest life of the loop; null for no limit. It receives nothing in the <see cref="Last"/> part of it.
    /// </summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>
    /// The end of the lifetime, a tenth of it and at most five minutes, belongs to the messages in hand; what is still
    /// there when only a tenth of that is left is given back.
    /// </summary>
    public TimeSpan Last => Lifetime is { } life && life / 10 < MaxLast ? life / 10 : MaxLast;

    /// <summary>
    /// Handlers that were told to stop have so long before their messages are given back without them.
    /// </summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(2.5);
}
