namespace Jobs.Core.Alerts;

/// <summary>What became of a member's report to its cause.</summary>
/// <param name="Cause">The cause as it then is.</param>
/// <param name="IsFirst">The report opened the cause, and its reporter has claimed the first e-mail.</param>
public sealed record AlertCount(AlertCause Cause, bool IsFirst);
