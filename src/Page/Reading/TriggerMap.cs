using Jobs.Cli.Reading;
using Jobs.Core;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;

namespace Jobs.Page.Reading;

/// <summary>What triggers what, as the catalog says it.</summary>
internal sealed record TriggerMap(
    IReadOnlyList<JobDefinition> Jobs, IReadOnlyList<MapSource> Sources, IReadOnlyList<MapLink> Links)
{
    public static TriggerMap Of(JobCatalog catalog)
    {
        var jobs = catalog.Jobs.OrderBy(job => job.Name, StringComparer.Ordinal).ToList();
        var links = jobs.SelectMany(job => Afters(job).Concat(Submits(job)).Concat(Writes(job, jobs)))
            .Where(link => link.From != link.To && jobs.Any(job => job.Name == link.From))
            .Where(link => jobs.Any(job => job.Name == link.To))
            .DistinctBy(link => (link.From, link.To))
            .ToList();
        var sources = jobs.SelectMany(SourcesOf)
            .GroupBy(source => (source.Kind, source.Label))
            .Select(same => same.First() with { Jobs = [.. same.SelectMany(source => source.Jobs).Distinct()] })
            .ToList();
        var started = sources.SelectMany(source => source.Jobs).Concat(links.Select(link => link.To)).ToHashSet();
        var byHand = jobs.Where(job => !started.Contains(job.Name))
            .Select(job => new MapSource("submit", "by a command", [job.Name]));
        return new TriggerMap(jobs, [.. sources, .. byHand], links);
    }

    /// <summary>How far a job is from what starts the first of its chain.</summary>
    public int DepthOf(string job) => DepthOf(job, []);

    // Jobs may submit each other: the second time round a job has no depth.
    private int DepthOf(string job, HashSet<string> seen)
    {
        if (!seen.Add(job)) return 0;
        var before = Links.Where(link => link.To == job).Select(link => link.From).ToList();
        var depth = before.Count == 0 ? 0 : 1 + before.Max(one => DepthOf(one, seen));
        seen.Remove(job);
        return depth;
    }

    private static IEnumerable<MapSource> SourcesOf(JobDefinition job)
    {
        foreach (var upload in job.Uploads) yield return new MapSource("upload", upload.Name, [job.Name]);
        foreach (var one in job.Events) yield return new MapSource("event", one.Name, [job.Name]);
        foreach (var schedule in job.Schedules)
        {
            var zone = schedule.TimeZone is { } name ? $" {name}" : "";
            yield return new MapSource("schedule", schedule.Expression + zone, [job.Name])
            {
                Schedule = new ScheduleKey(job.Name, schedule.Name),
            };
        }

        if (job.Queue is null) yield break;
        var queue = Names.Queue(job.Name);
        yield return new MapSource("queue", queue, [job.Name]) { Queue = queue };
    }

    private static IEnumerable<MapLink> Afters(JobDefinition job) => job.Afters.Select(
        after => new MapLink(after.Job, job.Name, MapLinkKind.After, TriggerWords.Of(after)));

    private static IEnumerable<MapLink> Submits(JobDefinition job) => job.Submits.Select(
        other => new MapLink(job.Name, other, MapLinkKind.Submits, $"submitted by {job.Name}"));

    private static IEnumerable<MapLink> Writes(JobDefinition job, IEnumerable<JobDefinition> all) =>
        from other in all
        from upload in other.Uploads
        where upload.Bucket is null
        from prefix in job.Writes
        where prefix.StartsWith(upload.Prefix, StringComparison.Ordinal)
            || upload.Prefix.StartsWith(prefix, StringComparison.Ordinal)
        select new MapLink(job.Name, other.Name, MapLinkKind.Writes, $"what {job.Name} writes under {prefix}");
}
