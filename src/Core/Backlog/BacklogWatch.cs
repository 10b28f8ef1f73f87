using System.Collections.Concurrent;
using Jobs.Core.Definitions;
using Jobs.Core.Engine;
using Jobs.Core.Metrics;
using Jobs.Core.Pauses;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Core.Backlog;

/// <summary>
/// Looks at a queue and sees to it that its messages are taken: starts as many runs as are missing, or wakes the
/// service and tells its scaling how much there is to do. Any number of processes may look at once, and as often as
/// they like.
/// </summary>
/// <param name="queues">How full the queues are. What it cannot read is unknown, and nothing is decided.</param>
/// <param name="engine">Makes the runs.</param>
/// <param name="services">The services of jobs with <see cref="QueueMode.Service"/>.</param>
/// <param name="scaling">What their scaling follows.</param>
/// <param name="metrics">Told how much there is to do, where there is something.</param>
public sealed class BacklogWatch(
    IQueueReader queues,
    IDrains drains,
    IRunStore runs,
    RunEngine engine,
    Lazy<IQueueServices> services,
    Lazy<IBacklogMetrics> scaling,
    IRunMetrics metrics,
    PauseView pauses,
    TimeProvider clock)
{
    /// <summary>What people see as the trigger of a run that drains a queue.</summary>
    public const string Trigger = "queue";

    /// <summary>Runs that are read or submitted side by side.</summary>
    private const int Degree = 10;

    /// <param name="job">A job with a queue.</param>
    /// <returns>What came of it, in a sentence.</returns>
    public Task<string> LookAsync(JobDefinition job, CancellationToken cancellation) => job.Queue switch
    {
        null => throw new ArgumentException($"Job '{job.Name}' has no queue.", nameof(job)),
        { Mode: QueueMode.Service } queue => WatchServiceAsync(job.Name, queue, cancellation),
        { } queue => StartMissingAsync(job, queue, cancellation),
    };

    private async Task<string> StartMissingAsync(JobDefinition job, QueueTrigger queue, CancellationToken cancellation)
    {
        if ((await pauses.ReadAsync(cancellation)).Of(job.Name, clock.GetUtcNow()) is { } pause)
        {
            return $"Queue of {job.Name}: it is paused ({pause.Reason}), and no run is started.";
        }

        // In this order: a decision after the item was read has changed the item, so that this one is not stored. A run
        // that ends after it was read is only counted once too often.
        var state = await drains.ReadAsync(job.Name, cancellation);
        var states = await StatesAsync(state, cancellation);
        RunState? StateOf(Drain drain) => states.TryGetValue(drain, out var known) ? known : null;
        var reading = await ReadAsync(job.Name, cancellation);
        var now = clock.GetUtcNow();
        var next = state.Settle(StateOf, now).Reserve(queue, reading, now);
        if (!ReferenceEquals(next, state)
            && !await drains.SaveAsync(next with { Version = state.Version + 1 }, cancellation))
        {
            return $"{Title(job.Name, reading)} Another look has just decided.";
        }

        // Those of a decision whose process died are among them.
        var unsubmitted = next.Alive.Where(drain => StateOf(drain) is null).ToList();
        await SubmitAsync(job, unsubmitted, cancellation);
        var waits = now < next.NotBefore
            ? $" None is started before {next.NotBefore:O}, because they failed {next.Failures} times."
            : "";
        return $"{Title(job.Name, reading)} {next.Alive.Length} runs drain it, {unsubmitted.Count} of them new.{waits}";
    }

    /// <summary>The states of those that have a run.</summary>
    private async Task<IReadOnlyDictionary<Drain, RunState>> StatesAsync(
        DrainState state, CancellationToken cancellation)
    {
        var states = new ConcurrentDictionary<Drain, RunState>();
        var failures = await Concurrently.ForEachAsync(
            state.Alive,
            Degree,
            async drain =>
            {
                if (await runs.ReadAsync(drain.RunOf(state.Job), cancellation) is { } reading)
                {
                    states[drain] = reading.Run.State;
                }
            },
            cancellation);
        return failures.Count == 0
            ? states
            : throw new AggregateException(
                $"Not all runs that drain the queue of {state.Job} could be read; nothing was decided.", failures);
    }

    private async Task SubmitAsync(JobDefinition job, List<Drain> unsubmitted, CancellationToken cancellation)
    {
        var failures = await Concurrently.ForEachAsync(
            unsubmitted, Degree, drain =>
                engine.SubmitAsync(
                    new RunRequest(drain.RunOf(job.Name), Trigger, "{}"), job, cancellation), cancellation);
        if (failures.Count > 0)
        {
            throw new AggregateException(
                $"Not all runs for the queue of {job.Name} could be submitted; the next look submits them.", failures);
        }
    }

    /// <summary>
    /// Following the backlog cannot wake a service: any multiple of no tasks is none. So the first task is asked for
    /// here, and the rest is left to the scaling.
    /// </summary>
    private async Task<string> WatchServiceAsync(string job, QueueTrigger queue, CancellationToken cancellation)
    {
        var reading = await ReadAsync(job, cancellation);
        var service = await services.Value.ReadAsync(job, cancellation);
        scaling.Value.Publish(job, (double)reading.Total / Math.Max(1, service.Desired));
        if (service.Desired > 0 || reading.Visible == 0)
        {
            return $"{Title(job, reading)} The service has {service.Running} of {service.Desired} tasks, at most " +
            $"{queue.MaxTasks}.";
        }

        await services.Value.WakeAsync(job, cancellation);
        return $"{Title(job, reading)} The service had no task and gets one.";
    }

    private async Task<QueueReading> ReadAsync(string job, CancellationToken cancellation)
    {
        var reading = await queues.ReadAsync(job, cancellation);
        // A metric is charged for each hour in which it has a value.
        if (reading.Total > 0) metrics.Backlog(job, reading.Total);
        return reading;
    }

    private static string Title(string job, QueueReading reading) =>
        $"Queue of {job}: {reading.Visible} messages wait, {reading.InFlight} are in hand.";
}
