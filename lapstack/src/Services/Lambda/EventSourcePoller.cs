using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Processes;

namespace Lapstack.Services.Lambda;

/// <summary>
/// Polls one queue and invokes one function with batches. What succeeded is deleted; what failed stays and reappears
/// when its visibility timeout ends. One batch is gathered at a time; as many as the mapping allows are worked on.
/// </summary>
internal sealed class EventSourcePoller(
    EventSource source, EnvironmentPool pool, IQueues queues, Account account, Ids ids, Activity activity,
    TimeProvider clock, RoomOnDisk room, BackgroundWork work)
{
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    public async Task RunAsync(CancellationToken stopping)
    {
        // More batches than environments would only age in memory while their visibility runs out.
        var places = new SemaphoreSlim(
            Math.Min(source.MaximumConcurrency ?? EnvironmentPool.MaxConcurrency, EnvironmentPool.MaxConcurrency));
        while (!stopping.IsCancellationRequested)
        {
            await places.WaitAsync(stopping);
            var batch = await GatherAsync(stopping);
            if (batch.Count == 0) places.Release();
            else work.Run(cancellation => WorkAsync(batch, places, cancellation));
        }
    }

    private async Task<IReadOnlyList<QueueMessage>> GatherAsync(CancellationToken stopping)
    {
        try
        {
            var batch = new List<QueueMessage>(await ReceiveAsync(source.BatchSize, LongPoll, stopping));
            var windowEnds = clock.GetUtcNow() + source.Window;
            while (batch.Count > 0
                && batch.Count < source.BatchSize
                && windowEnds - clock.GetUtcNow() is { Ticks: > 0 } left)
                batch.AddRange(
                    await ReceiveAsync(source.BatchSize - batch.Count, left < LongPoll ? left : LongPoll, stopping));
            return batch;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            activity.Report("Lambda", "PollFailed", $"{source.QueueArn}: {e.Message}");
            await Task.Delay(PauseAfterFailure, clock, stopping);
            return [];
        }
    }

    private Task<IReadOnlyList<QueueMessage>> ReceiveAsync(int max, TimeSpan wait, CancellationToken stopping) =>
        queues.ReceiveAsync(source.QueueArn, max, wait, visibility: null, stopping);

    private async Task WorkAsync(IReadOnlyList<QueueMessage> batch, SemaphoreSlim places, CancellationToken stopping)
    {
        try
        {
            var payload = SqsEvent.Render(batch, source.QueueArn, account.Region);
            var invocation = new Invocation(ids.Uuid(), payload);
            var answer = await room.AwaitAsync(() => pool.InvokeAsync(invocation, stopping), stopping);
            var failed = FailedOf(batch, answer);
            foreach (var message in batch.Where(m => !failed.Contains(m.MessageId)))
                await queues.DeleteAsync(source.QueueArn, message.ReceiptHandle, stopping);
            if (failed.Count > 0)
                activity.Report(
                    "Lambda",
                    "BatchFailed",
                    $"{failed.Count} of {batch.Count} messages for {source.FunctionName} failed and will come again.");
        }
        finally
        {
            places.Release();
        }
    }

    private IReadOnlySet<string> FailedOf(IReadOnlyList<QueueMessage> batch, InvocationAnswer answer)
    {
        if (answer.Failed) return batch.Select(m => m.MessageId).ToHashSet(StringComparer.Ordinal);
        return source.ReportsItemFailures ? SqsEvent.Failures(batch, answer.Payload.Span) : new HashSet<string>();
    }
}
