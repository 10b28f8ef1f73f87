namespace Jobs.Core.Runs;

/// <summary>A run that another one submitted, as its parent knows it.</summary>
/// <param name="Index">From 0, in the order in which the parent submitted its children.</param>
public sealed record ChildRun(int Index, RunId Run)
{
    /// <summary>How it ended; null while it has not.</summary>
    public RunState? State { get; init; }

    /// <summary>Why it did not succeed, a sentence for people; null when it did, or has not ended.</summary>
    public string? Error { get; init; }

    /// <summary>The child's id, the same whenever the parent submits it.</summary>
    public static RunId IdOf(string job, RunId parent, int index) =>
        RunId.From(job, "child", parent.ToString(), index.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
