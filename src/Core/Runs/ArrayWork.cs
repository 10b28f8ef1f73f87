namespace Jobs.Core.Runs;

/// <summary>
/// A run that does nothing itself: it makes a child of each line of an object, some at once, and ends as they do.
/// </summary>
/// <param name="Key">Key of the JSON-lines object in the runner's bucket.</param>
/// <param name="Count">Lines, 1 to <see cref="MaxCount"/>.</param>
/// <param name="AtOnce">Children that may run at once, 1 to <paramref name="Count"/>.</param>
public sealed record ArrayWork(string Key, int Count, int AtOnce)
{
    public const int MaxCount = 100_000;
}
