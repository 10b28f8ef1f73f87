using Jobs.Tests.Simulation.Schedules;

namespace Jobs.Tests.Simulation.Search;

/// <summary>
/// Makes a failing schedule as small as it can while it still fails in the same way: fewer faults, less work, another
/// chance.
/// </summary>
internal static class Shrinker
{
    /// <summary>
    /// A part less changes all chance after it, so each smaller schedule is tried with several seeds.
    /// </summary>
    private const int Seeds = 12;

    public static Failure Shrink(Failure failure)
    {
        for (var smaller = Smaller(failure); smaller is not null; smaller = Smaller(failure)) failure = smaller;
        return failure;
    }

    private static Failure? Smaller(Failure failure) => Candidates(failure.Schedule)
        .Select(candidate => Try(candidate, failure))
        .FirstOrDefault(smaller => smaller is not null);

    private static IEnumerable<Schedule> Candidates(Schedule schedule)
    {
        foreach (var kind in schedule.Faults.Active)
        {
            yield return schedule with { Faults = schedule.Faults.Without(kind) };
        }

        foreach (var item in schedule.Work)
        {
            yield return schedule with { Work = [.. schedule.Work.Where(other => other != item)] };
        }
    }

    private static Failure? Try(Schedule candidate, Failure like)
    {
        if (candidate.Catalog.Jobs.Count == 0) return null;
        for (ulong other = 0; other < Seeds; other++)
        {
            var failure = Failure.Of(candidate with { Seed = candidate.Seed + other });
            if (failure?.IsLike(like) == true) return failure;
        }

        return null;
    }
}
