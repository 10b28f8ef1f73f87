using System.Collections.Concurrent;
using Jobs.Core.Ids;
using Jobs.Core.Pauses;
using Jobs.Core.Runs;
using Jobs.Core.Slots;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;

namespace Jobs.Core.Engine;

/// <summary>
/// The periodic reconciliation: finds intents without a task and tasks without an ending, whatever event was lost. It
/// looks at every run that is due, most overdue first, whatever the run owes, page after page until none is left or its
/// time is up; the next one goes on there. Each run has a share of the time, and a kind of effect that keeps failing is
/// left for the next sweep, so that no run, job or recipient holds up another. Reads only what is due, so its cost
/// follows neither the history nor the backlog. Two at once are safe.
/// </summary>
public sealed class Sweep(
    IRunStore runs, IRunIndex index, ITasks tasks, ITaskReadings readings, SlotHealer slots, RunEngine engine,
    RunWatch watch, PauseView pauses, TimeProvider clock)
{
    /// <summary>Runs of a page: as many tasks as one DescribeTasks call takes.</summary>
    public const int PageSize = 100;

    private const int Parallelism = 8;

    /// <summary>What one run may take of the time.</summary>
    private static readonly TimeSpan Share = TimeSpan.FromSeconds(10);

    /// <param name="until">No page is begun after it.</param>
    /// <returns>Runs looked at. What failed for single runs is thrown together at the end, after all others were looked
    /// at.</returns>
    public async Task<int> RunAsync(DateTimeOffset until, CancellationToken cancellation)
    {
        var failures = new ConcurrentQueue<Exception>();
        await TryAsync(slots.HealAsync, failures, cancellation);
        var looked = await LookAtDueAsync(until, failures, cancellation);
        return failures.IsEmpty
            ? looked
            : throw new AggregateException(
                $"The sweep of {looked} runs met {failures.Count} failures; the next one repeats what they left.",
                failures);
    }

    private async Task<int> LookAtDueAsync(
        DateTimeOffset until, ConcurrentQueue<Exception> failures, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var breaker = new EffectBreaker();
        var seen = new HashSet<RunId>();
        DateTimeOffset? after = null;
        while (after is null || clock.GetUtcNow() < until)
        {
            var page = await index.DueAsync(now, after, PageSize, cancellation);
            var due = page.Where(one => seen.Add(one.Id)).Select(one => one.Id).ToList();
            if (due.Count > 0) await LookAtAsync(due, now, breaker, failures, cancellation);
            if (page.Count < PageSize) break;
            // More than a page may be due at the very same time.
            after = due.Count > 0 ? page[^1].At : page[^1].At + TimeSpan.FromMilliseconds(1);
        }

        return seen.Count;
    }

    private async Task LookAtAsync(
        IReadOnlyCollection<RunId> ids, DateTimeOffset now, EffectBreaker breaker, ConcurrentQueue<Exception> failures,
        CancellationToken cancellation)
    {
        // The index may be behind: only the run itself says whether it is due.
        var due = (await ReadAsync(ids, failures, cancellation))
            .Where(reading => reading.Run.NextCheckAt <= now)
            .ToList();
        var learned = await LookAtAsync(due, breaker, failures, cancellation);
        // What became of a task that is only now known may be known as well: its event may be lost.
        if (learned.Count > 0)
        {
            await LookAtAsync(await ReadAsync(learned, failures, cancellation), breaker, failures, cancellation);
        }
    }

    private async Task<IReadOnlyList<RunReading>> ReadAsync(
        IReadOnlyCollection<RunId> ids, ConcurrentQueue<Exception> failures, CancellationToken cancellation)
    {
        var read = await runs.ReadAsync(ids, cancellation);
        foreach (var (id, why) in read.Unreadable)
        {
            failures.Enqueue(
                new InvalidOperationException($"Run {id} cannot be read and is passed over: {why.Message}", why));
        }

        return read.Found;
    }

    /// <returns>Runs whose task became known.</returns>
    private async Task<IReadOnlyCollection<RunId>> LookAtAsync(
        IReadOnlyList<RunReading> due, EffectBreaker breaker, ConcurrentQueue<Exception> failures,
        CancellationToken cancellation)
    {
        var observed = await DescribeAsync(due, failures, cancellation);
        var learned = new ConcurrentQueue<RunId>();
        foreach (var failure in await Concurrently.ForEachAsync(due, Parallelism, LookAsync, cancellation))
        {
            failures.Enqueue(failure);
        }

        return learned;

        async Task LookAsync(RunReading reading)
        {
            using var share = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            using var timer = clock.CreateTimer(_ => share.Cancel(), null, Share, Timeout.InfiniteTimeSpan);
            var run = await LookAtAsync(reading, observed, breaker, share.Token, cancellation);
            if (run is { MayHaveTask: true, TaskArn: not null } && TaskToWatch(reading) is null)
            {
                learned.Enqueue(run.Id);
            }
        }
    }

    /// <returns>What ECS said of each task; a task is left out when ECS did not answer: not known is not
    /// missing.</returns>
    private async Task<IReadOnlyDictionary<string, TaskReading?>> DescribeAsync(
        IEnumerable<RunReading> due, ConcurrentQueue<Exception> failures, CancellationToken cancellation)
    {
        IReadOnlyDictionary<string, TaskReading?> observed = new Dictionary<string, TaskReading?>();
        var arns = due.Select(TaskToWatch).OfType<string>().Distinct().ToList();
        if (arns.Count > 0)
        {
            await TryAsync(async stop => observed = await readings.DescribeAsync(arns, stop), failures, cancellation);
        }

        return observed;
    }

    /// <summary>The claim names the task before the run does.</summary>
    private static string? TaskToWatch(RunReading reading) =>
        reading.Run.MayHaveTask ? reading.Run.TaskArn ?? reading.CurrentWorker?.TaskArn : null;

    private async Task<Run?> LookAtAsync(
        RunReading reading,
        IReadOnlyDictionary<string, TaskReading?> observed,
        EffectBreaker breaker,
        CancellationToken share,
        CancellationToken cancellation)
    {
        var run = reading.Run;
        TaskReading? task = null;
        var known = TaskToWatch(reading) is { } arn && observed.TryGetValue(arn, out task);
        // Only of what waits it matters.
        var paused = run.MayHaveTask ? null : await pauses.TryReadAsync(share);
        if (watch.FactFor(reading, known, task, paused) is not null)
        {
            // Judged on the run as it is now: its worker may have recorded the result between the first reading and
            // ECS's answer.
            return await engine.ApplyAsync(
                run.Id, fresh =>
                    fresh.Run.Version == run.Version ? watch.FactFor(fresh, known, task, paused) : null,
                share,
                breaker);
        }

        // Stopping is not stopped: StopTask may have been lost.
        if (run.State == RunState.Stopping && task is not null)
        {
            await tasks.StopAsync(TaskToWatch(reading)!, $"Run {run.Id} is to stop.", share);
        }

        return await PerformAsync(
            reading, known ? task is null : null, watch.IsPaused(run, paused), breaker, share, cancellation);
    }

    /// <summary>
    /// Performs what is owed. A run that comes no further by that is noted as looked at, whatever failed: its next look
    /// comes in its turn.
    /// </summary>
    private async Task<Run> PerformAsync(
        RunReading reading, bool? missing, bool paused, EffectBreaker breaker, CancellationToken share,
        CancellationToken cancellation)
    {
        var run = reading.Run;
        try
        {
            if (!run.Owed.IsEmpty) run = await engine.PerformAsync(reading, share, breaker);
            return run;
        }
        finally
        {
            var isAsRead = run.Version == reading.Run.Version;
            if (isAsRead)
            {
                await runs.SaveAsync(
                    RunLifecycle.Checked(run, missing, watch.IsSilent(reading), clock.GetUtcNow(), paused),
                    cancellation);
            }
        }
    }

    private static async Task TryAsync(
        Func<CancellationToken, Task> work, ConcurrentQueue<Exception> failures, CancellationToken cancellation)
    {
        try
        {
            await work(cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            failures.Enqueue(e);
        }
    }
}
