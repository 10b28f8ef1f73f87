namespace Jobs.Page.Reading;

/// <summary>How the newest runs ended.</summary>
/// <param name="Failed">By job; failed, or out of time.</param>
/// <param name="Ended">By job.</param>
/// <param name="Span">What they are of, for people: the last 24 hours, or fewer where there were very many.</param>
internal sealed record RecentCounts(
    IReadOnlyDictionary<string, int> Failed, IReadOnlyDictionary<string, int> Ended, string Span);
