namespace Jobs.Core.Alerts;

/// <summary>The e-mails about one cause, at most one of each.</summary>
public enum AlertStep
{
    /// <summary>All about the first run.</summary>
    First,

    /// <summary>Many more runs ended, or are stuck, alike.</summary>
    Storm,

    /// <summary>No more came; the cause closes.</summary>
    Over,
}
