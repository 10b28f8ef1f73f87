namespace Jobs.Core.Alerts;

/// <summary>The causes of alerts that are open.</summary>
/// <param name="Unreadable">Key of each item that this version cannot read, why, and what to do.</param>
public sealed record OpenCauses(IReadOnlyList<AlertCause> Causes, IReadOnlyList<string> Unreadable);
