namespace Jobs.Core.Messages;

/// <summary>What came of a call about one receipt.</summary>
public enum ReceiptOutcome
{
    Done,

    /// <summary>The message is no longer this receiver's: its visibility is over, or it is gone.</summary>
    Lost,

    /// <summary>The call failed, and whether it had an effect is not known. Repeating it does no harm.</summary>
    Unknown,
}
