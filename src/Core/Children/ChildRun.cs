using System.Globalization;
using Jobs.Core.Ids;
using Jobs.Core.Inputs;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Core.Children;

/// <summary>A run that another one submitted, as its parent knows it.</summary>
/// <param name="Index">From 0, in the order in which the parent submitted its children.</param>
public sealed record ChildRun(int Index, RunId Run)
{
    /// <summary>
    /// What it was submitted with, as <see cref="InputFingerprint"/> has it; null of an array's item, whose input is
    /// its line.
    /// </summary>
    public string? Fingerprint { get; init; }

    /// <summary>When its command arrived first; null when none has.</summary>
    public DateTimeOffset? RegisteredAt { get; init; }

    /// <summary>How it ended; null while it has not.</summary>
    public RunState? State { get; init; }

    /// <summary>Why it did not succeed, a sentence for people; null when it did, or has not ended.</summary>
    public string? Error { get; init; }

    /// <summary>The child's id, the same whenever the parent submits it.</summary>
    public static RunId IdOf(string job, RunId parent, int index) =>
        RunId.From(job, "child", parent.ToString(), index.ToString(CultureInfo.InvariantCulture));
}
