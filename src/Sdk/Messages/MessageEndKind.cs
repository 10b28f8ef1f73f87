namespace Jobs.Sdk.Messages;

/// <summary>How the handling of a message ended.</summary>
internal enum MessageEndKind
{
    Handled,

    /// <summary>The handler was not asked: it is not the job's, or was handled before.</summary>
    Skipped,

    /// <summary>The handler threw: another receive may go better.</summary>
    Failed,

    /// <summary>No receive will ever go better.</summary>
    Hopeless,

    /// <summary>The task is to end: the message is given back as it was.</summary>
    Stopped,

    /// <summary>It is another receiver's by now.</summary>
    Lost,
}
