using System.Globalization;
using Jobs.Tests.Simulation.Schedules;

namespace Jobs.Tests.Simulation.Search;

/// <summary>Schedules on whatever Core this assembly was loaded with. Speaks in texts: its types are not those of the caller.</summary>
internal static class Probe
{
    /// <returns>Seed, invariant and sentence of the first failure; null when there is none.</returns>
    public static string[]? Run(ulong first, ulong count)
    {
        for (var seed = first; seed < first + count; seed++)
        {
            if (Failure.Of(Schedule.Of(seed)) is { } failure)
            {
                return [seed.ToString(CultureInfo.InvariantCulture), failure.Violation.Invariant, failure.Violation.Sentence];
            }
        }

        return null;
    }
}
