using Jobs.Core.Definitions;

namespace Jobs.Core.Replays;

/// <summary>Takes replays in; the tick works on them.</summary>
public sealed class ReplayIntake(JobCatalog catalog, IReplays replays, TimeProvider clock)
{
    /// <summary>By how much a sender's clock may be ahead of ours.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Begins it. One of this id goes on by itself, and one that was given up goes on from where it was.
    /// </summary>
    /// <returns>The replay as it is.</returns>
    /// <exception cref="NotDeployedException">Its job or schedule is not one of this stack.</exception>
    /// <exception cref="RejectedMessageException">
    /// Its time has not come, its job takes messages, or its id is another's.
    /// </exception>
    public async Task<Replay> BeginAsync(Replay replay, CancellationToken cancellation)
    {
        Check(replay.Source, catalog, clock);
        while (!await replays.CreateAsync(replay, cancellation))
        {
            if (await replays.ReadAsync(replay.Id, cancellation) is not { } known) continue;
            if (known.Source != replay.Source)
            {
                throw new RejectedMessageException(
                    $"Replay '{replay.Id}' is of {known.SourceJson}, not of {replay.SourceJson}. Choose another id, " +
                    "or leave it out.");
            }

            if (!known.IsGivenUp) return known;
            var again = known with
            {
                IsOver = false,
                IsGivenUp = false,
                Error = null,
                Tries = 0,
                NextAt = clock.GetUtcNow(),
                Version = known.Version + 1,
            };
            if (await replays.SaveAsync(again, cancellation)) return again;
        }

        return replay;
    }

    /// <summary>
    /// Ends it for good. What it started goes on, and what it is just starting still begins: a page at most.
    /// </summary>
    /// <returns>False when it was over already.</returns>
    /// <exception cref="RejectedMessageException">There is none of this id.</exception>
    public async Task<bool> CancelAsync(string id, CancellationToken cancellation)
    {
        while (await replays.ReadAsync(id, cancellation) is { } known)
        {
            if (known.IsOver) return false;
            if (await replays.SaveAsync(
                known with { IsOver = true, IsCancelled = true, Version = known.Version + 1 }, cancellation))
            {
                return true;
            }
        }

        throw new RejectedMessageException(
            $"There is no replay '{id}': it never began, or has expired (90 days after its end).");
    }

    /// <exception cref="NotDeployedException">Its job or schedule is not one of this stack.</exception>
    /// <exception cref="RejectedMessageException">Its time has not come, or its job takes messages.</exception>
    public static void Check(ReplaySource source, JobCatalog catalog, TimeProvider clock)
    {
        if (source is ReplaySource.Window window) Check(window, catalog, clock);
        if (source is ReplaySource.Failed { Job: { } job })
        {
            OnDemand.Check(catalog.Find(job) ?? throw NoSuchJob(job, catalog));
        }
        if (source is ReplaySource.Prefix prefix
            && !catalog.Jobs.SelectMany(known => known.Uploads)
                .Any(trigger => trigger.IsIn(prefix.Bucket) && Overlaps(trigger.Prefix, prefix.Value)))
        {
            var names = catalog.Jobs.SelectMany(known => known.Uploads).Select(trigger => trigger.Name).ToList();
            var place = prefix.Bucket is { } bucket
                ? $"'{prefix.Value}' of bucket '{Excerpt.Of(bucket, 100)}'"
                : $"'{prefix.Value}'";
            throw new NotDeployedException(
                $"No job is started by uploads under {place}. There are triggers for: {List(names)}.");
        }
    }

    private static void Check(ReplaySource.Window window, JobCatalog catalog, TimeProvider clock)
    {
        if (catalog.FindSchedule(window.Key) is null)
        {
            var names = catalog.Schedules.Select(known => known.Key.ToString()).ToList();
            throw new NotDeployedException(
                $"There is no schedule '{window.Key}'{Spelling.Suggestion(window.Key.ToString(), names)} " +
                $"This stack has: {List(names)}.");
        }

        if (window.To > clock.GetUtcNow() + Skew)
        {
            throw new RejectedMessageException(
                $"The replay's time ends at {window.To.UtcDateTime:u}, which has not come. What is planned for then " +
                "starts by itself: end it now, or before.");
        }
    }

    private static NotDeployedException NoSuchJob(string job, JobCatalog catalog)
    {
        var names = catalog.Jobs.Select(known => known.Name).ToList();
        return new NotDeployedException(
            $"There is no job '{job}'{Spelling.Suggestion(job, names)} This stack has: {List(names)}.");
    }

    private static bool Overlaps(string one, string other) =>
        one.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(one, StringComparison.Ordinal);

    private static string List(List<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);
}
