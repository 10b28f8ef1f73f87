using System.Collections.Concurrent;
using Jobs.Core.Engine;
using Jobs.Core.Metrics;
using Jobs.Core.Runs;

namespace Jobs.Core.Dispatch;

/// <summary>
/// Launches the runs that wait, just under the launch rate, until none can be launched or the time is up. Works under a
/// lease, so that one paces for all; two at once ask ECS for too much and launch no run twice, because each launch
/// begins with a conditional write.
/// </summary>
public sealed class Dispatcher(
    DispatchSources sources, IDispatchLease lease, RunEngine engine, DispatchSettings settings, IRunMetrics metrics,
    TimeProvider clock)
{
    /// <summary>Launches under way at once: at 20 a second each may take more than a second.</summary>
    private const int MaxUnderWay = 32;

    private const int Parallelism = 8;

    /// <summary>
    /// Wait after a round of which nothing could be launched, so that a surprise is not repeated as fast as the
    /// processor allows.
    /// </summary>
    private static readonly TimeSpan FruitlessWait = TimeSpan.FromSeconds(1);

    /// <summary>Launches what waits. Ends at once, without the lease, when nothing does.</summary>
    /// <param name="holder">A name that no other process uses, such as the invocation's id.</param>
    /// <param name="time">No launch begins after it.</param>
    /// <param name="patient">
    /// Wait for the lease while another process holds it; else leave the work to that process.
    /// </param>
    /// <returns>Launches sent. What failed for single runs is thrown together at the end, after all others had their
    /// turn.</returns>
    public async Task<int> RunAsync(string holder, TimeSpan time, bool patient, CancellationToken cancellation)
    {
        var until = clock.GetUtcNow() + time;
        var failures = new ConcurrentQueue<Exception>();
        var queue = new DispatchQueue(sources, clock);
        var round = await queue.NextAsync(cancellation);
        foreach (var unreadable in round.Unreadable) failures.Enqueue(unreadable);
        if (round.Waiting > 0) metrics.Waiting(round.Waiting);
        await EndOrphansAsync(round.Orphans, failures, cancellation);
        if (IsIdle(round)) return Sent(0, failures);

        var pacer = new LaunchPacer(lease, holder, settings, clock);
        if (!await pacer.StartAsync(patient ? until : DateTimeOffset.MinValue, cancellation)) return Sent(0, failures);
        if (engine.Gate.IsShut) pacer.Empty();
        var sent = 0;
        try
        {
            // The last holder of the lease may have used what the budget had free.
            if (sources.CpuLimit is not null)
            {
                round = await (queue = new DispatchQueue(sources, clock)).NextAsync(cancellation);
            }

            while (!IsIdle(round) && clock.GetUtcNow() < until)
            {
                var (launched, mayGoOn) = await LaunchAsync(
                    round.Launches, queue, pacer, until, failures, cancellation);
                sent += launched;
                if (!mayGoOn) break;
                if (launched == 0)
                {
                    await pacer.WaitAsync(
                        round.Launches.Count > 0 ? clock.GetUtcNow() + FruitlessWait : round.NextAt!.Value,
                        cancellation);
                }

                round = await queue.NextAsync(cancellation);
            }
        }
        finally
        {
            await pacer.EndAsync(cancellation);
        }

        return Sent(sent, failures);
    }

    private static bool IsIdle(DispatchRound round) => round.Launches.Count == 0 && round.NextAt is null;

    /// <summary>Ends waiting runs whose job is gone, unless a deployment may still be about to bring it.</summary>
    private async Task EndOrphansAsync(
        IReadOnlyList<Run> orphans, ConcurrentQueue<Exception> failures, CancellationToken cancellation)
    {
        var removed = orphans.Where(run => run.CreatedAt + RunTimings.Deploying <= clock.GetUtcNow());
        var failed = await Concurrently.ForEachAsync(
            removed, Parallelism, run =>
                engine.ApplyAsync(run.Id, _ => new Fact.JobRemoved(), cancellation), cancellation);
        foreach (var failure in failed) failures.Enqueue(failure);
    }

    /// <returns>Launches sent, and false when the lease was lost or the time is up.</returns>
    private async Task<(int Sent, bool MayGoOn)> LaunchAsync(
        IReadOnlyList<(Run Run, LaunchPermit Permit)> round,
        DispatchQueue queue,
        LaunchPacer pacer,
        DateTimeOffset until,
        ConcurrentQueue<Exception> failures,
        CancellationToken cancellation)
    {
        var sent = 0;
        var mayGoOn = true;
        var underWay = new List<Task>();
        foreach (var (run, permit) in round)
        {
            if (!(mayGoOn = await pacer.NextAsync(until, cancellation))) break;
            if (underWay.Count == MaxUnderWay) underWay.Remove(await Task.WhenAny(underWay));
            underWay.Add(DispatchAsync(run, permit));
        }

        await Task.WhenAll(underWay);
        return (sent, mayGoOn);

        async Task DispatchAsync(Run run, LaunchPermit permit)
        {
            try
            {
                switch (await engine.DispatchAsync(run, permit, cancellation))
                {
                    case DispatchOutcome.NotSent:
                        pacer.GiveBack();
                        queue.GiveBack(run);
                        return;
                    case DispatchOutcome.Overtaken:
                        pacer.GiveBack();
                        // Its share stays taken: the launch may exist, and the index shows it or not.
                        return;
                    case DispatchOutcome.Throttled:
                        pacer.Empty();
                        queue.GiveBack(run);
                        break;
                }

                Interlocked.Increment(ref sent);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                failures.Enqueue(e);
            }
        }
    }

    private static int Sent(int sent, ConcurrentQueue<Exception> failures) => failures.IsEmpty
        ? sent
        : throw new AggregateException(
            $"The dispatcher sent {sent} launches and met {failures.Count} failures; the next one repeats what they " +
            "left.",
            failures);
}
