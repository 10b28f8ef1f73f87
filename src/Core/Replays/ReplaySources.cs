using System.Globalization;
using Jobs.Core.Alerts;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Scheduling;
using Jobs.Core.Triggers;
using Jobs.Core.Verdicts;

namespace Jobs.Core.Replays;

/// <summary>
/// Reads a replay's source page by page, for a dry run and for the replay itself alike. A page that is read again gives
/// the same requests, but for what has come or gone meanwhile.
/// </summary>
public sealed class ReplaySources(
    JobCatalog catalog, IUploadedObjects objects, ISchedules schedules, IRunHistory history, IRunStore runs)
{
    /// <summary>Of the history's runs, few have failed: they are read in larger pages.</summary>
    private const int HistoryPage = 200;

    /// <param name="position">Where the page begins: <see cref="ReplayPage.Next"/> or
    /// <see cref="ReplayItem.Position"/>; null for the first.</param>
    /// <param name="limit">Things to look at, at most; 1 to 1,000.</param>
    public Task<ReplayPage> ReadAsync(
        ReplaySource source, string? position, int limit, CancellationToken cancellation) => source switch
        {
            ReplaySource.Prefix prefix => UploadsAsync(prefix, position, limit, cancellation),
            ReplaySource.Window window => TimesAsync(window, position, limit, cancellation),
            ReplaySource.Failed failed => FailedAsync(failed, position, cancellation),
            _ => throw new InvalidOperationException($"No reader for {source}."),
        };

    private async Task<ReplayPage> UploadsAsync(
        ReplaySource.Prefix source, string? position, int limit, CancellationToken cancellation)
    {
        var page = await objects.PageAsync(
            catalog.FindBucket(source.Bucket), source.Value, position, limit, cancellation);
        var items =
            from upload in page
            where !upload.Key.StartsWith(Names.ReservedPrefix, StringComparison.Ordinal)
            let found = FindTriggers(upload, source.Bucket)
            where found.Count > 0
            select new ReplayItem(upload.Key, RunsOf(upload, found), upload.Key)
            {
                Messages = MessagesOf(upload, found),
            };
        return new ReplayPage([.. items], page.Count < limit ? null : page[^1].Key);
    }

    private List<(JobDefinition Job, UploadTrigger Trigger)> FindTriggers(Upload upload, string? bucket) =>
    [
        .. from job in catalog.Jobs
           let trigger = job.Uploads.FirstOrDefault(
               trigger => trigger.IsIn(bucket) && trigger.Matches(upload.Key))
           where trigger is not null
           select (job, trigger),
    ];

    private static List<RunRequest> RunsOf(Upload upload, List<(JobDefinition Job, UploadTrigger Trigger)> found) =>
    [
        .. from one in found
           where one.Job.Queue is null
           select new RunRequest(
               UploadIntake.Identify(one.Job.Name, upload),
               $"upload {one.Trigger.Name}",
               upload.ToJson()) { Priority = one.Trigger.Priority },
    ];

    private static List<QueuedUpload> MessagesOf(
        Upload upload, List<(JobDefinition Job, UploadTrigger Trigger)> found) =>
    [
        .. from one in found
           where one.Job.Queue is not null
           select new QueuedUpload(one.Job.Name, one.Trigger.Name, upload),
    ];

    private async Task<ReplayPage> TimesAsync(
        ReplaySource.Window source, string? position, int limit, CancellationToken cancellation)
    {
        var trigger = catalog.FindSchedule(source.Key)
            ?? throw new NotDeployedException($"Schedule {source.Key} is no longer deployed.");
        // AWS counts a rate from a time that only its firings show: by it the planned times are those that have run.
        var anchor = (await schedules.ReadAsync(source.Key, cancellation)).LastPlannedAt ?? source.From;
        var from = position is null
            ? source.From
            : DateTimeOffset.Parse(position, CultureInfo.InvariantCulture).AddTicks(1);
        var times = trigger.ToSchedule().Between(from, source.To, anchor).Take(limit).ToList();
        var items = times.Select(planned => new ReplayItem(
            $"{source.Key} {MissingRun.Text(planned)}",
            [new RunRequest(Scheduler.IdOf(source.Key, planned), $"schedule {source.Key.Name} " +
                $"{MissingRun.Text(planned)}", trigger.InputAt(planned))],
            PositionOf(planned)));
        return new ReplayPage([.. items], times.Count < limit ? null : PositionOf(times[^1]));
    }

    private static string PositionOf(DateTimeOffset planned) => planned.ToString("O", CultureInfo.InvariantCulture);

    private async Task<ReplayPage> FailedAsync(
        ReplaySource.Failed source, string? position, CancellationToken cancellation)
    {
        // Runs that drain a queue are asked for by its backlog: what failed in one is in the queue, or among its dead
        // letters.
        var jobs = source.Job is { } one
            ? [one]
            : catalog.Jobs.Where(job => job.Queue is null).Select(job => job.Name).ToList();
        var after = position is null ? new HistoryCursor(source.To, []) : HistoryCursor.TryParse(position);
        var page = await history.PageAsync(jobs, null, after, source.From, HistoryPage, cancellation);
        var items = new List<ReplayItem>();
        var seen = new List<(RunId, DateTimeOffset)>();
        foreach (var (run, _) in await history.ReadAsync(page.Runs, cancellation))
        {
            seen.Add((run.Id, run.CreatedAt));
            if (await RequestOfAsync(run, cancellation) is { } request)
            {
                items.Add(new ReplayItem(run.Id.ToString(), [request], HistoryCursor.Behind(after, seen).ToString()));
            }
        }

        return new ReplayPage(items, page.Next?.ToString());
    }

    /// <returns>Null when there is nothing to run again: it did not fail, or its input has expired.</returns>
    private async Task<RunRequest?> RequestOfAsync(Run run, CancellationToken cancellation)
    {
        // Of an array, the items that failed are runs of their own; an item's parent is over and waits for it no more.
        if (run is not { State: RunState.Failed or RunState.TimedOut, Array: null }) return null;
        var input = run.Input ?? await runs.ReadInputAsync(run.Id, cancellation);
        if (input is null && run.InputKey is null) return null;
        return new RunRequest(RunId.From(run.Id.Job, "retry", run.Id.ToString(), "replay"), $"retry of {run.Id}", input)
        {
            InputKey = run.InputKey,
            Priority = run.Priority,
            Labels = run.Labels,
            RetryOf = run.Id,
        };
    }
}
