using System.Diagnostics;

namespace Jobs.Core.Tracing;

/// <summary>
/// The handling of one message: which trace its sender was in, and which run it turned out to be for.
/// </summary>
/// <param name="sender">Null when the sender says nothing.</param>
public sealed class MessageTrace(ActivityContext? sender, DateTimeOffset began)
{
    /// <summary>The first run that the message was for: those after it are consequences.</summary>
    internal ActivityContext? Run { get; private set; }

    internal DateTimeOffset Began { get; } = began;

    /// <summary>The sender's trace, for the run that the message asks for.</summary>
    internal ActivityContext? Sender => Run is null ? sender : null;

    internal void Found(ActivityContext run) => Run ??= run;
}
