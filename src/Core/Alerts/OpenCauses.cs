namespace Jobs.Core.Alerts;

/// <summary>The causes of alerts that are open.</summary>
/// <param name="Unreadable">Key of each item that this version cannot read, why, and what to do.</param>
public sealed record OpenCauses(IReadOnlyList<AlertCause> Causes, IReadOnlyList<string> Unreadable)
{
    /// <summary>What an admin may have to mend: all but the successes that recipients are told of.</summary>
    public IReadOnlyList<AlertCause> Troubles => [.. Causes.Where(cause => !cause.Key.IsSuccess)];
}
