using System.Globalization;
using Jobs.Tests.Simulation.Schedules;

namespace Jobs.Tests.Simulation.Search;

/// <summary>
/// Schedules on whatever Core this assembly was loaded with. Speaks in texts: its types are not those of the caller.
/// </summary>
internal static class Probe
{
    /// <returns>Seed, invariant and sentence of the first failure; null when there is none.</returns>
    public static string[]? Run(ulong first, ulong count)
    {
        for (var seed = first; seed < first + count; seed++)
        {
            if (Failure.Of(Schedule.Of(seed)) is { } failure)
            {
                return
                [
                    seed.ToString(CultureInfo.InvariantCulture), failure.Violation.Invariant,
                    failure.Violation.Sentence,
                ];
            }
        }

        return null;
    }

    /// <summary>
    /// Shrinks the failure of a seed. Answers what is left of it: faults and work before, faults and work after, the
    /// kind of failure before and after, and whether the shrunk schedule fails again to the word; null when the seed
    /// does not fail.
    /// </summary>
    public static string[]? Shrink(ulong seed)
    {
        if (Failure.Of(Schedule.Of(seed)) is not { } failure) return null;
        var shrunk = Shrinker.Shrink(failure);
        var again = Failure.Of(shrunk.Schedule);
        return
        [
            .. Sizes(failure), .. Sizes(shrunk), failure.Kind, shrunk.Kind, $"{again?.Violation == shrunk.Violation}",
        ];
    }

    private static string[] Sizes(Failure failure) =>
        [$"{failure.Schedule.Faults.Active.Count()}", $"{failure.Schedule.Work.Count}"];
}
