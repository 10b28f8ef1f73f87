namespace Jobs.Core.Alerts;

/// <summary>How a part of an alert's text is shown.</summary>
internal enum AlertPartKind
{
    /// <summary>A headline.</summary>
    Title,

    /// <summary>Sentences.</summary>
    Prose,

    /// <summary>A line as it is.</summary>
    Line,
}
