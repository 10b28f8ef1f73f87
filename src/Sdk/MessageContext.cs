using Jobs.Core.Ports;
using Microsoft.Extensions.Logging;

namespace Jobs;

/// <summary>What a handler knows about its message, and what it may do besides computing.</summary>
public sealed class MessageContext : WorkContext
{
    private readonly Func<StopReason> _interrupted;

    internal MessageContext(QueueMessage message, Func<StopReason> interrupted, IObjects objects, string? bucket, ILogger logger)
        : base(objects, bucket, logger)
    {
        _interrupted = interrupted;
        (Id, Receives, SentAt) = (message.Id, message.Receives, message.SentAt);
        Attributes = message.Attributes.Where(one => one.Value.Text is not null).ToDictionary(one => one.Key, one => one.Value.Text!);
    }

    /// <summary>SQS's id of the message: the same however often it comes.</summary>
    public string Id { get; }

    /// <summary>How often the message was received, this time included; SQS calls the number approximate.</summary>
    public int Receives { get; }

    public DateTimeOffset SentAt { get; }

    /// <summary>The message's attributes that are texts or numbers.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; }

    /// <summary>
    /// Why the handler was told to stop; <see cref="StopReason.None"/> while it was not. <see cref="StopReason.Superseded"/>: the message is no longer this
    /// task's. Any other: the task is to end.
    /// </summary>
    public StopReason Interrupted => _interrupted();
}
