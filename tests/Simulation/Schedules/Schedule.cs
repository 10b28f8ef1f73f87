using System.Globalization;
using Jobs.Core.Definitions;
using Jobs.Tests.Simulation.Faults;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Schedules;

/// <summary>Everything that decides what happens: the same schedule is the same trace, event for event.</summary>
/// <param name="Seed">Decides every chance that is left.</param>
/// <param name="FaultsEnd">When faults end, from the start; from then on everything has to come right.</param>
internal sealed record Schedule(ulong Seed, FaultProfile Faults, IReadOnlyList<WorkItem> Work, TimeSpan FaultsEnd)
{
    /// <summary>CPU units that the stack may use at once; null for no limit.</summary>
    public int? CpuLimit { get; init; }

    /// <summary>Uploads besides those listed; null for none.</summary>
    public Traffic? Traffic { get; init; }

    /// <summary>Messages are sent to the queue.</summary>
    public bool HasQueue => Work.Any(item => item is WorkItem.Messages);

    /// <summary>Some job has a schedule.</summary>
    public bool HasPlans => Work.Any(item => item is WorkItem.Plan);

    /// <summary>Something is replayed.</summary>
    public bool HasReplays => Work.Any(item => item is WorkItem.Replay);

    /// <summary>Something is paused.</summary>
    public bool HasPauses => Work.Any(item => item is WorkItem.Pause);

    /// <summary>Something but the removal of a job is deployed.</summary>
    public bool HasDeployments => Work.Any(item => item is WorkItem.Deployment);

    /// <summary>What is deployed at first: the jobs that have something to do.</summary>
    public JobCatalog Catalog => new(
    [
        .. HasQueue ? [SimulatedJobs.Drain] : Array.Empty<JobDefinition>(),
        .. SimulatedJobs.All.Where(job => Names.Contains(job.Name) || IsInTraffic(job.Name)),
    ]);

    private HashSet<string> Names
    {
        get
        {
            var names = Work.SelectMany(item => item.Jobs).ToHashSet();
            if (names.Contains(SimulatedJobs.Splitter.Name)) names.Add(SimulatedJobs.Part.Name);
            var isNew = Work.OfType<WorkItem.Deployment>().Where(deployment => deployment.Change == Change.Added);
            names.ExceptWith(isNew.Select(deployment => deployment.Job));
            return names;
        }
    }

    /// <summary>
    /// The schedule that a seed means: a plain one, or from <see cref="WideSchedules.First"/> on one with more in it.
    /// </summary>
    public static Schedule Of(ulong seed) => seed < WideSchedules.First ? Plain(seed) : WideSchedules.Draw(seed);

    /// <summary>Uploads, cancels, messages, and the removal of a job.</summary>
    internal static Schedule Plain(ulong seed)
    {
        var chance = new Chance(seed);
        var faults = FaultProfile.Draw(chance);
        var work = DrawWork(chance);
        var faultsEnd = work[^1].At + chance.Between(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(90));
        work = [.. work.Concat(DrawMessages(Chance.For(seed, "messages"), work[^1].At)).OrderBy(item => item.At)];
        return new Schedule(seed, faults, work, faultsEnd)
        {
            CpuLimit = chance.Happens(0.3) ? 512 << chance.Below(3) : null,
        };
    }

    private bool IsInTraffic(string job) => Traffic is not null && Traffic.Mix.Any(part => part.Job == job);

    /// <summary>By a chance of their own: the rest of the schedule is what it would be without them.</summary>
    private static List<WorkItem> DrawMessages(Chance chance, TimeSpan span) => chance.Happens(0.3)
        ? [.. Enumerable.Range(0, 1 + chance.Below(4))
            .Select(_ => new WorkItem.Messages(span * chance.Fraction(), 1 + chance.Below(60)))]
        : [];

    private static List<WorkItem> DrawWork(Chance chance)
    {
        var jobs = SimulatedJobs.Catalog.Jobs.Select(job => job.Name).ToList();
        // Few jobs in one schedule meet each other more often than all of them would.
        var used = Enumerable.Range(0, 1 + chance.Below(3)).Select(_ => chance.Pick(jobs)).ToList();
        var span = chance.Spread(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(40));
        var work = new List<WorkItem>();
        var uploads = 1 + chance.Below(chance.Happens(0.2) ? 16 : 6);
        for (var number = 1; number <= uploads; number++)
        {
            var upload = new WorkItem.Upload(span * chance.Fraction(), chance.Pick(used), number);
            work.Add(upload);
            if (chance.Happens(0.15))
            {
                work.Add(
                    new WorkItem.Cancel(
                        upload.At + chance.Spread(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(20)),
                        upload.Job,
                        number));
            }
        }

        if (chance.Happens(0.1)) work.Add(new WorkItem.Removal(span * chance.Fraction(), chance.Pick(used)));
        return [.. work.OrderBy(item => item.At)];
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {Seed}, faults until {FaultsEnd:hh\\:mm\\:ss}{(CpuLimit is { } limit ? $", {limit} CPU units" : "")}\n  faults: {(Faults.Active.Any() ? Faults : "none")}\n  work:   {string.Join("\n          ", Work)}");
}
