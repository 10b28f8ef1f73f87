using Jobs.Core.Ids;

namespace Jobs.Core.Runs;

/// <summary>
/// What a table has of a run is not what this version of the program reads: a newer one wrote it, or a person by hand.
/// </summary>
/// <param name="run">Which one.</param>
/// <param name="why">What is wrong with its item.</param>
public sealed class UnreadableRunException(RunId run, string why, Exception inner) : FormatException(
    $"Run {run} cannot be read: {why}", inner)
{
    public RunId Run { get; } = run;

    public string Why { get; } = why;
}
