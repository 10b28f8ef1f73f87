using Jobs.Core.Objects;
using Jobs.Sdk.Declarations;

namespace Jobs.Sdk.Messages;

/// <summary>How the handling of a message ended, and why.</summary>
internal sealed record MessageEnd(MessageEndKind Kind, Exception? Error = null)
{
    public static MessageEnd Handled { get; } = new(MessageEndKind.Handled);

    public static MessageEnd Skipped { get; } = new(MessageEndKind.Skipped);

    /// <summary>
    /// Sorts what a handler threw, as an attempt's end is sorted: what is thrown after it was told to stop is a
    /// consequence of that, and what cannot be mended by repeating is not repeated.
    /// </summary>
    public static MessageEnd Of(Exception thrown, HeldMessage message) => message.Reason switch
    {
        StopReason.Superseded => new(MessageEndKind.Lost, thrown),
        StopReason.TimedOut => new(MessageEndKind.Failed, new TimeoutException(
            "The message was in hand for 12 hours, as long as SQS hides one, and its handler was not done. Let one " +
            "message be less work.", thrown)),
        _ when message.Stop.IsCancellationRequested => new(MessageEndKind.Stopped, thrown),
        _ =>
            thrown is MisfitException or JobFailedException or ObjectGoneException or ObjectChangedException
            or UnauthorizedAccessException
            ? new(MessageEndKind.Hopeless, thrown)
            : new(MessageEndKind.Failed, thrown),
    };
}
