using System.Globalization;
using Jobs.Cli.Shapes;
using Jobs.Cli.Stacks;
using Jobs.Core;
using Jobs.Core.Definitions;
using Jobs.Core.Runs;
using Jobs.Core.Triggers;

namespace Jobs.Cli.Commands;

/// <summary>Looks at what a replay is about, without starting anything: all of it is counted, and the first are shown.</summary>
internal sealed class ReplayPlan(IStack stack)
{
    private const int Shown = 20;

    /// <summary>Failed runs counted at most: the stack itself has no such limit.</summary>
    private const int MaxFailed = 1_000;

    /// <summary>Planned times counted at most.</summary>
    private const int MaxTimes = 10_000;

    public async Task<(int? Count, IReadOnlyList<ReplayItemShape> Items)> OfAsync(ReplaySource source, CancellationToken cancellation) => source switch
    {
        ReplaySource.Prefix prefix => await OfPrefixAsync(prefix.Value, cancellation),
        ReplaySource.Failed failed => await OfFailedAsync(failed, cancellation),
        ReplaySource.DeadLetters letters => await OfDeadLettersAsync(letters.Queue, cancellation),
        ReplaySource.Schedule schedule => await OfScheduleAsync(schedule, cancellation),
        _ => throw new InvalidOperationException($"A replay of {source.Title} has no plan."),
    };

    /// <summary>Planned times by the expression as it is deployed now; which of them have run already, the stack tells apart.</summary>
    private async Task<(int?, IReadOnlyList<ReplayItemShape>)> OfScheduleAsync(ReplaySource.Schedule source, CancellationToken cancellation)
    {
        var catalog = await stack.CatalogAsync(cancellation);
        var known = catalog.Jobs.SelectMany(job => job.Schedules.Select(schedule => (Job: job.Name, Name: $"{job.Name}/{schedule.Name}", schedule))).ToList();
        if (known.FirstOrDefault(one => one.Name == source.Name) is not { schedule: { } trigger } found)
        {
            var names = known.Select(one => one.Name).ToList();
            var meant = Spelling.Nearest(source.Name, names) is { } nearest ? $"; did you mean '{nearest}'?" : ".";
            throw CliException.Failed($"There is no schedule '{source.Name}'{meant} There {(names.Count == 0 ? "is none in this stack" : $"are: {string.Join(", ", names)}")}.");
        }

        var times = trigger.ToSchedule().Between(source.From, source.To).Take(MaxTimes + 1).ToList();
        return (
            times.Count > MaxTimes ? null : times.Count,
            [.. times.Take(Shown).Select(time => new ReplayItemShape(time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture), found.Job, null, null))]);
    }

    private async Task<(int?, IReadOnlyList<ReplayItemShape>)> OfPrefixAsync(string prefix, CancellationToken cancellation)
    {
        var catalog = await stack.CatalogAsync(cancellation);
        var count = 0;
        var first = new List<(Upload Listed, JobDefinition Job)>();
        await foreach (var listed in stack.Bucket.ListAsync(prefix, cancellation))
        {
            if (listed.Key.StartsWith(Names.ReservedPrefix, StringComparison.Ordinal)) continue;
            foreach (var job in catalog.Jobs.Where(job => job.Uploads.Any(trigger => trigger.Matches(listed.Key))))
            {
                count++;
                if (first.Count < Shown) first.Add((listed, job));
            }
        }

        return (count, await Task.WhenAll(first.Select(one => DescribeAsync(one.Listed, one.Job, cancellation))));
    }

    private async Task<ReplayItemShape> DescribeAsync(Upload listed, JobDefinition job, CancellationToken cancellation)
    {
        if (await stack.Bucket.WithVersionAsync(listed, cancellation) is not { } upload) return new ReplayItemShape(listed.Key, job.Name, null, null);
        var ran = await stack.Runs.ReadAsync(UploadIntake.Identify(job.Name, upload), cancellation);
        return new ReplayItemShape(listed.Key, job.Name, ran?.Run.Id.ToString(), ran?.VisibleState.ToString());
    }

    private async Task<(int?, IReadOnlyList<ReplayItemShape>)> OfFailedAsync(ReplaySource.Failed source, CancellationToken cancellation)
    {
        var known = await stack.History.JobsAsync(cancellation);
        var filter = new RunFilter
        {
            Jobs = source.Job is { } job ? [JobNames.Check(job, known)] : known,
            States = [RunState.Failed, RunState.TimedOut],
            Since = source.From,
            Limit = MaxFailed,
        };
        var listing = await RunListing.ReadAsync(stack, filter, cancellation);
        var failed = listing.Runs.Where(reading => reading.Run.CreatedAt <= source.To).ToList();
        return (
            listing.Next is null ? failed.Count : null,
            [.. failed.Take(Shown).Select(reading => new ReplayItemShape(reading.Run.Id.ToString(), reading.Run.Id.Job, null, null))]);
    }

    private async Task<(int?, IReadOnlyList<ReplayItemShape>)> OfDeadLettersAsync(string queue, CancellationToken cancellation)
    {
        var depth = await stack.Queues.DepthAsync(queue, deadLetters: true, cancellation);
        var letters = depth.Total == 0 ? [] : await stack.Queues.PeekAsync(queue, Shown, cancellation);
        return (depth.Total, [.. letters.Select(letter => new ReplayItemShape(letter.Reason ?? letter.Body, null, null, null))]);
    }
}
