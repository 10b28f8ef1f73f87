using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Bench.Cost;

/// <summary>One run that was made: where its calls are among all, and to which paths they belong.</summary>
/// <param name="Begin">Number of the first call.</param>
/// <param name="End">Number of the call behind the last.</param>
/// <param name="Paths">The paths that it takes, each with the run that it is about.</param>
/// <param name="PathOf">From the caller and an item to the path that pays for it; null for none.</param>
internal sealed record PathRun(
    int Begin, int End, IReadOnlyList<(string Path, RunId Run)> Paths, Func<string, ItemUnits, string?> PathOf);
