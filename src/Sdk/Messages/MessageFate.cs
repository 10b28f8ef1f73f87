namespace Jobs.Sdk.Messages;

/// <summary>What became of a message in hand.</summary>
internal enum MessageFate
{
    Handled,
    Returned,
    DeadLettered,

    /// <summary>Another receiver has it by now; nothing was done to it.</summary>
    Lost,
}
