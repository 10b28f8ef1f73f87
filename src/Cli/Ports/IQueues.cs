namespace Jobs.Cli.Ports;

/// <summary>The stack's queues, by name.</summary>
internal interface IQueues
{
    /// <summary>Names of the queues that something works on, in alphabetical order.</summary>
    IReadOnlyList<string> Working { get; }

    /// <summary>Names of the queues of what could not be done, in alphabetical order.</summary>
    IReadOnlyList<string> DeadLetters { get; }

    Task<QueueDepth> DepthAsync(string name, bool deadLetters, CancellationToken cancellation);

    /// <summary>Messages of a dead-letter queue. They stay in it, hidden from others for up to half a minute.</summary>
    /// <param name="max">Messages to read at most.</param>
    Task<IReadOnlyList<DeadLetter>> PeekAsync(string name, int max, CancellationToken cancellation);

    /// <summary>
    /// Moves messages back to the queue they came from, with their attributes but for the reason: each is sent before
    /// it is deleted, so that an interruption may repeat one and loses none.
    /// </summary>
    /// <param name="max">1 to 10.</param>
    /// <returns>How many were moved: none when none was seen, which may be said before the last is.</returns>
    Task<int> MoveBackAsync(string name, int max, CancellationToken cancellation);
}
