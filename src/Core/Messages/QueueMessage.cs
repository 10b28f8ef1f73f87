namespace Jobs.Core.Messages;

/// <summary>A message as one receive gave it: hidden from every other receiver until its visibility is over.</summary>
/// <param name="Id">The same in every receive.</param>
/// <param name="Receipt">This receive's own; a later receive makes it worthless.</param>
public sealed record QueueMessage(string Id, string Receipt, string Body)
{
    /// <summary>How often it was received, this time included. SQS calls the number approximate.</summary>
    public int Receives { get; init; } = 1;

    public DateTimeOffset SentAt { get; init; }

    /// <summary>X-Ray's context, as AWS passes it on; null for none, or when it was not asked for.</summary>
    public string? TraceHeader { get; init; }

    public IReadOnlyDictionary<string, QueueAttribute> Attributes { get; init; } =
        new Dictionary<string, QueueAttribute>();
}
