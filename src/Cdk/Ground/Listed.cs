namespace Jobs.Cdk.Ground;

/// <summary>Lists in sentences.</summary>
internal static class Listed
{
    private const int Most = 5;

    /// <summary>The first five, and how many more there are.</summary>
    public static string Longest(IEnumerable<string> items)
    {
        var all = items.ToList();
        return string.Join(", ", all.Take(Most)) + (all.Count > Most ? $" and {all.Count - Most} more" : "");
    }
}
