using Jobs.Core.Alerts;
using Jobs.Core.Definitions;
using Jobs.Core.Engine;
using Jobs.Core.Ids;
using Jobs.Core.Messages;
using Jobs.Core.Runs;
using Jobs.Core.Triggers;

namespace Jobs.Core.Replays;

/// <summary>
/// Runs again what was, minute by minute, no faster than asked for. Each run has the id that its upload or planned time
/// would give it, so what has run already is left out; with force it gets one of the replay's own. An upload of a job
/// with a queue goes there. How far it is, is
/// noted page by page, and a process that dies only reads its last page again. What cannot be started minute after
/// minute is counted and left out; a source that cannot be read is given up. Admins are told of both.
/// </summary>
public sealed class Replayer(
    JobCatalog catalog,
    IReplays replays,
    ReplaySources sources,
    RunEngine engine,
    Lazy<IJobQueues> queues,
    IAlerts alerts,
    AlertWriter writer,
    TimeProvider clock)
{
    /// <summary>Minutes in a row without getting further, before what stands in the way is given up.</summary>
    public const int MaxTries = 10;

    private const int PageSize = 50;
    private const int Parallelism = 8;

    private static readonly TimeSpan Slice = TimeSpan.FromMinutes(1);

    /// <summary>
    /// By how much a tick may come too early: EventBridge's are not on the second, and every second minute would be
    /// lost.
    /// </summary>
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Works on all that are due, until this time. What fails for one keeps no other from its turn, and is thrown at
    /// the end.
    /// </summary>
    /// <returns>Runs started and messages sent.</returns>
    public async Task<int> TickAsync(DateTimeOffset until, CancellationToken cancellation)
    {
        var started = 0;
        var active = await replays.ActiveAsync(cancellation);
        var due = active.Where(replay => replay.NextAt - Early <= clock.GetUtcNow());
        // Side by side: a large one may take the whole minute.
        var failures = await Concurrently.ForEachAsync(
            due,
            Parallelism,
            async replay => Interlocked.Add(ref started, await AdvanceAsync(replay, until, cancellation)),
            cancellation);
        return failures.Count == 0
            ? started
            : throw new AggregateException(
                $"{failures.Count} replays came no further; they are tried again in a minute.", failures);
    }

    private async Task<int> AdvanceAsync(Replay replay, DateTimeOffset until, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        // Claims the minute: another tick at the same time finds it taken, and a tick that still works on the last one
        // finds that it has passed.
        var current = replay with
        {
            NextAt = (now > replay.NextAt ? now : replay.NextAt) + Slice,
            Version = replay.Version + 1,
        };
        if (!await replays.SaveAsync(current, cancellation)) return 0;
        var end = until < current.NextAt ? until : current.NextAt;
        var before = replay.Done;
        while (!current.IsOver && current.Done - before < current.PerMinute && clock.GetUtcNow() < end)
        {
            var (next, failure) = await StepAsync(current, current.PerMinute - (current.Done - before), cancellation);
            next = next with { Version = current.Version + 1 };
            // Before it is noted as over: rather twice than never.
            if (next is { IsOver: true } && (next.IsGivenUp || next.Failed > 0))
            {
                await alerts.PublishAsync(ReplayAlert.Of(next, writer), cancellation);
            }

            if (!await replays.SaveAsync(next, cancellation)) break;
            current = next;
            if (failure is not null)
            {
                throw new InvalidOperationException($"Replay {replay.Id}: {failure.Message}", failure);
            }
        }

        return current.Done - before;
    }

    /// <summary>Works on a page.</summary>
    /// <param name="left">Runs that may still be started, and messages sent.</param>
    /// <returns>The replay as it then is, and what kept it from getting further.</returns>
    private async Task<(Replay Next, Exception? Failure)> StepAsync(
        Replay replay, int left, CancellationToken cancellation)
    {
        ReplayPage page;
        try
        {
            page = await sources.ReadAsync(replay.Source, replay.Position, PageSize, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            return (Stopped(replay, TextOf(e)), e);
        }

        var next = replay;
        for (var done = 0; done < page.Items.Count;)
        {
            if (next.Done - replay.Done >= left) return (next, null);
            var items = page.Items.Skip(done)
                .Take(Math.Min(Parallelism, left - (next.Done - replay.Done)))
                .ToList();
            (next, var count, var failure) = await StartAsync(next, items, cancellation);
            if (failure is not null) return (next, failure);
            done += count;
        }

        return (
            next with
            {
                Position = page.Next,
                IsOver = page.Next is null,
                Tries = 0,
                Error = next.Failed > 0 ? next.Error : null,
            },
            null);
    }

    /// <returns>The replay behind the last item before the first that failed, how many these are, and that
    /// failure.</returns>
    private async Task<(Replay Next, int Count, Exception? Failure)> StartAsync(
        Replay replay, List<ReplayItem> items, CancellationToken cancellation)
    {
        var ends = new Exception?[items.Count];
        var (started, skipped, sent) = (0, 0, 0);
        await Concurrently.ForEachAsync(Enumerable.Range(0, items.Count), Parallelism, async i =>
        {
            try
            {
                foreach (var request in items[i].Runs)
                {
                    _ = await StartAsync(replay, request, cancellation)
                        ? Interlocked.Increment(ref started)
                        : Interlocked.Increment(ref skipped);
                }

                foreach (var upload in items[i].Messages)
                {
                    await SendAsync(replay, upload, cancellation);
                    Interlocked.Increment(ref sent);
                }
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                ends[i] = e;
            }
        }, cancellation);
        var next = replay with
        {
            Started = replay.Started + started,
            Skipped = replay.Skipped + skipped,
            Sent = replay.Sent + sent,
        };
        // What keeps all of several from starting is not in one of them.
        var isHopeless = items.Count > 1 && ends.All(end => end is not (null or RejectedMessageException));
        for (var i = 0; i < items.Count; i++)
        {
            if (ends[i] is { } failure)
            {
                var error = $"{items[i].What}: {TextOf(failure)}";
                if (failure is not RejectedMessageException && (isHopeless || next.Tries + 1 < MaxTries))
                {
                    return (Stopped(next, error), i, failure);
                }

                next = next with { Failed = next.Failed + 1, Error = error };
            }

            next = next with { Position = items[i].Position, Tries = 0 };
        }

        return (next, items.Count, null);
    }

    /// <summary>The replay once it came no further, for this minute or for good.</summary>
    private static Replay Stopped(Replay replay, string error) =>
        replay.Tries + 1 < MaxTries
            ? replay with { Tries = replay.Tries + 1, Error = error }
            : replay with { Tries = 0, Error = error, IsOver = true, IsGivenUp = true };

    private async Task<bool> StartAsync(Replay replay, RunRequest request, CancellationToken cancellation)
    {
        var job = OnDemand.Check(
            catalog.Find(request.Id.Job)
                ?? throw new RejectedMessageException($"Job '{request.Id.Job}' is no longer deployed."));
        var own = replay.Force
            ? request with
            {
                Id = RunId.From(request.Id.Job, "replay", replay.Id, request.Id.ToString()),
                RetryOf = request.RetryOf ?? request.Id,
            }
            : request;
        return await engine.SubmitAsync(own, job, cancellation);
    }

    private Task SendAsync(Replay replay, QueuedUpload upload, CancellationToken cancellation)
    {
        var message = UploadMessage.Of(upload.Job, upload.Trigger, upload.Upload);
        if (replay.Force) message = message with { Replay = replay.Id };
        return queues.Value.SendAsync(upload.Job, message.ToJson(), cancellation);
    }

    private static string TextOf(Exception failure) =>
        Excerpt.Of((failure as AggregateException)?.InnerExceptions[0].Message ?? failure.Message, 300);
}
