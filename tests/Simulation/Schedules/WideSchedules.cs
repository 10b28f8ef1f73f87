using Jobs.Tests.Simulation.Faults;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Schedules;

/// <summary>
/// Schedules of everything there is, of which few parts meet in one: each part has a chance of its own to be there, and
/// is drawn by a chance
/// of its own, so that the others do not change it.
/// </summary>
internal static class WideSchedules
{
    /// <summary>The lowest seed that means a wide schedule.</summary>
    public const ulong First = 1UL << 63;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Each part, and the share of schedules that have it.</summary>
    private static readonly (string Name, double Share, Func<Chance, IEnumerable<WorkItem>,
        IEnumerable<WorkItem>> Draw)[] Parts =
    [
        ("plans", 0.25, (chance, _) => Plans(chance)),
        ("commands", 0.3, Commands),
        ("families", 0.25, (chance, _) => Parents(chance)), // The name is a part of the seed.
        ("arrays", 0.2, (chance, _) => Arrays(chance)),
        ("replays", 0.2, (chance, _) => Replays(chance)),
        ("followers", 0.25, (chance, _) => Followers(chance)),
        ("deployments", 0.2, Deployments),
        ("outages", 0.25, (chance, _) => Outages(chance)),
        ("pauses", 0.2, Pauses),
    ];

    public static Schedule Draw(ulong seed)
    {
        var plain = Schedule.Plain(seed);
        var kept = Chance.For(seed, "kept");
        var work = plain.Work.Where(item => item is not WorkItem.Removal && kept.Happens(0.5)).ToList();
        foreach (var (name, share, draw) in Parts)
        {
            var chance = Chance.For(seed, name);
            if (chance.Happens(share)) work.AddRange(draw(chance, work));
        }

        if (work.Count == 0) work.Add(new WorkItem.Upload(TimeSpan.Zero, "plain", 1));
        var ends = Chance.For(seed, "end").Between(8 * Minute, 45 * Minute);
        return plain with
        {
            Work = [.. work.OrderBy(item => item.At)],
            Faults = plain.Faults.DrawMore(Chance.For(seed, "more faults")),
            FaultsEnd = work.Max(item => item.End) + ends,
        };
    }

    private static IEnumerable<WorkItem> Plans(Chance chance)
    {
        foreach (var job in Some(chance, SimulatedJobs.Scheduled, 2))
        {
            // Its rule is made with the stack.
            yield return new WorkItem.Plan(TimeSpan.Zero, job.Name, 2 + chance.Below(6));
            // Or it is not removed, and its next run is missing.
            if (chance.Happens(0.5))
            {
                yield return new WorkItem.Deployment(chance.Between(Minute, 25 * Minute), job.Name, Change.Removed);
            }
        }
    }

    private static IEnumerable<WorkItem> Commands(Chance chance, IEnumerable<WorkItem> before)
    {
        var uploads = before.OfType<WorkItem.Upload>().ToList();
        for (var number = 1; number <= 1 + chance.Below(4); number++)
        {
            var at = chance.Spread(TimeSpan.FromSeconds(1), 20 * Minute);
            var upload = uploads.Count > 0 && chance.Happens(0.5) ? chance.Pick(uploads) : null;
            var key = $"s{number}";
            var job = upload?.Job ?? chance.Pick(SimulatedJobs.Catalog.Jobs).Name;
            if (upload is null)
            {
                yield return new WorkItem.Submit(at, job, key, chance.Happens(0.1) ? SimulatedJobs.Splitter.Name
                    : null);
            }

            var later = at + chance.Spread(TimeSpan.FromSeconds(1), 20 * Minute);
            if (upload is not null) yield return new WorkItem.Retry(later, job, upload.Number, key);
            else if (chance.Happens(0.3)) yield return new WorkItem.CancelKey(later, job, key);
            else if (chance.Happens(0.4)) yield return new WorkItem.RetryKey(later, job, key, $"r{number}");
        }
    }

    private static IEnumerable<WorkItem> Parents(Chance chance)
    {
        var job = SimulatedJobs.Splitter.Name;
        for (var number = 1; number <= 1 + chance.Below(2); number++)
        {
            var (at, key) = (chance.Spread(TimeSpan.FromSeconds(1), 10 * Minute), $"f{number}");
            yield return new WorkItem.Submit(at, job, key, null);
            if (chance.Happens(0.3))
            {
                yield return new WorkItem.CancelKey(at + chance.Spread(TimeSpan.FromSeconds(10), 20 * Minute), job,
                    key);
            }
            else if (chance.Happens(0.2))
            {
                yield return new WorkItem.RetryKey(at + chance.Spread(Minute, 30 * Minute), job, key, $"fr{number}");
            }
        }
    }

    private static IEnumerable<WorkItem> Arrays(Chance chance)
    {
        var (job, key, at) = (SimulatedJobs.Lines.Name, "a1", chance.Spread(TimeSpan.FromSeconds(1), 10 * Minute));
        var count = 1 + chance.Below(chance.Happens(0.2) ? 20 : 8);
        var bad = chance.Happens(0.3) ? chance.Below(count) : -1;
        yield return new WorkItem.Array(at, job, key, count, Math.Min(count, 1 + chance.Below(4)), bad);
        if (chance.Happens(0.3))
        {
            yield return new WorkItem.CancelKey(at + chance.Spread(TimeSpan.FromSeconds(10), 20 * Minute), job, key);
        }
        else if (chance.Happens(0.2))
        {
            yield return new WorkItem.RetryKey(at + chance.Spread(Minute, 40 * Minute), job, key, "ar1");
        }
    }

    private static IEnumerable<WorkItem> Replays(Chance chance)
    {
        var of = chance.Pick([ReplayOf.Prefix, ReplayOf.Prefix, ReplayOf.Window, ReplayOf.Failed]);
        if (of == ReplayOf.Window)
        {
            yield return new WorkItem.Plan(TimeSpan.Zero, SimulatedJobs.Reports.Name, 2 + chance.Below(3));
        }
        else
        {
            for (var number = 101; number <= 102 + chance.Below(8); number++)
            {
                yield return new WorkItem.Upload(chance.Spread(TimeSpan.FromSeconds(1), 10 * Minute),
                    SimulatedJobs.Reloaded.Name, number)
                {
                    IsSilent = of == ReplayOf.Prefix && chance.Happens(0.5),
                };
            }
        }

        var at = chance.Between(Minute, 30 * Minute);
        yield return new WorkItem.Replay(at, "p1", of, 1 + chance.Below(6), chance.Happens(0.3));
        if (chance.Happens(0.3))
        {
            yield return new WorkItem.CancelReplay(at + chance.Spread(TimeSpan.FromSeconds(10), 5 * Minute), "p1");
        }
    }

    private static IEnumerable<WorkItem> Followers(Chance chance) =>
        Some(chance, SimulatedJobs.Followers, 2).Select(job => new WorkItem.Declared(TimeSpan.Zero, job.Name));

    private static IEnumerable<WorkItem> Deployments(Chance chance, IEnumerable<WorkItem> before)
    {
        var jobs = JobsOf(before);
        if (jobs.Count == 0) yield break;
        var (at, job) = (chance.Between(TimeSpan.FromSeconds(10), 15 * Minute), chance.Pick(jobs));
        var change = chance.Pick([Change.Added, Change.Removed, Change.Resized, Change.Resized, Change.Capped,
            Change.Uncapped]);
        yield return new WorkItem.Deployment(at, job, change);
        if (chance.Happens(0.3))
        {
            yield return new WorkItem.Deployment(at + chance.Between(Minute, 10 * Minute), job, Change.RolledBack);
        }
    }

    private static IEnumerable<WorkItem> Outages(Chance chance)
    {
        for (var number = 0; number <= chance.Below(2); number++)
        {
            var length = chance.Happens(0.3) ? TimeSpan.FromHours(3)
                : chance.Spread(TimeSpan.FromSeconds(30), 30 * Minute);
            yield return new WorkItem.Outage(chance.Spread(TimeSpan.FromSeconds(1), 15 * Minute),
                chance.Pick(Enum.GetValues<Port>()), length);
        }
    }

    private static IEnumerable<WorkItem> Pauses(Chance chance, IEnumerable<WorkItem> before)
    {
        var jobs = JobsOf(before);
        if (jobs.Count == 0) yield break;
        for (var number = 1; number <= 1 + chance.Below(3); number++)
        {
            var job = chance.Pick(jobs);
            var isScheduled = SimulatedJobs.Scheduled.Any(one => one.Name == job);
            yield return new WorkItem.Pause(
                chance.Spread(TimeSpan.FromSeconds(1), 15 * Minute), job, $"p{number}",
                chance.Spread(TimeSpan.FromSeconds(1), 30 * Minute),
                OfSchedule: isScheduled && chance.Happens(0.5), IsResumed: chance.Happens(0.6));
        }
    }

    private static List<string> JobsOf(IEnumerable<WorkItem> work) =>
        [.. work.SelectMany(item => item.Jobs).Distinct().Order(StringComparer.Ordinal)];

    private static List<T> Some<T>(Chance chance, IReadOnlyList<T> of, int most) =>
        [.. Enumerable.Range(0, 1 + chance.Below(most)).Select(_ => chance.Pick(of)).Distinct()];
}
