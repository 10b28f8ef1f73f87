namespace Jobs.Sdk.Messages;

/// <summary>What became of a message in hand.</summary>
internal enum MessageFate
{
    Handled,

    /// <summary>It was deleted without asking the handler.</summary>
    Skipped,
    Returned,
    DeadLettered,

    /// <summary>Another receiver has it by now; nothing was done to it.</summary>
    Lost,
}
