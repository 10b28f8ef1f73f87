namespace Jobs.Core.Alerts;

/// <summary>A part of an alert's text.</summary>
internal sealed record AlertPart(AlertPartKind Kind, string Text)
{
    /// <summary>Before each line of prose in an e-mail.</summary>
    public string Indent { get; init; } = "";
}
