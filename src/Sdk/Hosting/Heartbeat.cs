using Jobs.Core.Ids;
using Jobs.Core.Workers;
using Microsoft.Extensions.Logging;

namespace Jobs.Sdk.Hosting;

/// <summary>
/// Signs of life while a job runs: the first a minute after the claim, so that a short run costs none, then every half
/// minute. New progress brings one forward, but not into the first two seconds and never within five seconds of
/// another.
/// </summary>
internal sealed class Heartbeat(IWorkerRecords records, LaunchId launch, TimeProvider clock, ILogger logger)
{
    internal static readonly TimeSpan First = TimeSpan.FromSeconds(60);
    internal static readonly TimeSpan Period = TimeSpan.FromSeconds(30);
    internal static readonly TimeSpan FirstProgress = TimeSpan.FromSeconds(2);
    internal static readonly TimeSpan ProgressPeriod = TimeSpan.FromSeconds(5);

    private WorkerProgress? _unsent;
    private volatile TaskCompletionSource _reported = NewSignal();

    /// <summary>Notes progress, to be written when it is due. Cheap, and safe from any thread.</summary>
    public void Report(WorkerProgress progress)
    {
        Volatile.Write(ref _unsent, progress);
        _reported.TrySetResult();
    }

    /// <summary>
    /// Writes heartbeats until told to end. True when the record was lost to a later launch, which ends it too.
    /// </summary>
    public async Task<bool> RunAsync(CancellationToken ended)
    {
        var start = clock.GetUtcNow();
        var (nextAt, progressAt) = (start + First, start + FirstProgress);
        while (!ended.IsCancellationRequested)
        {
            await WaitAsync(nextAt, progressAt, ended);
            if (ended.IsCancellationRequested) return false;
            if (!await WriteAsync(ended)) return true;
            var now = clock.GetUtcNow();
            (nextAt, progressAt) = (now + Period, now + ProgressPeriod);
        }

        return false;
    }

    /// <summary>Waits until the next one is due, or progress is there and due. Returns early when ended.</summary>
    private async Task WaitAsync(DateTimeOffset nextAt, DateTimeOffset progressAt, CancellationToken ended)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(ended);
        var due = DelayAsync(nextAt, wait.Token);
        if (await Task.WhenAny(due, _reported.Task) != due)
        {
            await Task.WhenAny(due, DelayAsync(progressAt, wait.Token));
        }

        await wait.CancelAsync();
    }

    private Task DelayAsync(DateTimeOffset until, CancellationToken cancellation)
    {
        var left = until - clock.GetUtcNow();
        return left <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(left, clock, cancellation);
    }

    /// <summary>
    /// False when the record was lost. An error is not a loss: what is unknown stays unknown, and the next heartbeat
    /// tries again.
    /// </summary>
    private async Task<bool> WriteAsync(CancellationToken ended)
    {
        _reported = NewSignal();
        var progress = Interlocked.Exchange(ref _unsent, null);
        try
        {
            return await records.HeartbeatAsync(launch, clock.GetUtcNow(), progress, ended);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return true;
        }
#pragma warning disable CA1031 // Whatever the network does, the job goes on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.LogWarning(e, "A heartbeat could not be written; the next one tries again.");
            Interlocked.CompareExchange(ref _unsent, progress, null);
            return true;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
