using Jobs.Core.Messages;

namespace Jobs.Sdk.Messages;

/// <summary>
/// Puts what several messages need into one call, without making any wait: the first calls at once, and what comes
/// while a call is under way goes with the next one.
/// </summary>
/// <param name="call">Answers the outcomes in order. What it throws is everyone's.</param>
internal sealed class CallBatch<T>(Func<IReadOnlyList<T>, Task<IReadOnlyList<ReceiptOutcome>>> call)
{
    private readonly Lock _gate = new();
    private readonly Queue<(T Item, TaskCompletionSource<ReceiptOutcome> Outcome)> _waiting = new();
    private bool _calling;

    public Task<ReceiptOutcome> AddAsync(T item)
    {
        var outcome = new TaskCompletionSource<ReceiptOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Enqueue((item, outcome));
            if (_calling) return outcome.Task;
            _calling = true;
        }

        _ = CallAsync();
        return outcome.Task;
    }

    private async Task CallAsync()
    {
        // What ends at the same moment goes together.
        await Task.Yield();
        while (Take() is { Count: > 0 } batch)
        {
            try
            {
                var outcomes = await call([.. batch.Select(one => one.Item)]);
                foreach (var (one, outcome) in batch.Zip(outcomes)) one.Outcome.SetResult(outcome);
            }
#pragma warning disable CA1031 // It is handed to those who wait.
            catch (Exception e)
#pragma warning restore CA1031
            {
                foreach (var one in batch) one.Outcome.TrySetException(e);
            }
        }
    }

    private List<(T Item, TaskCompletionSource<ReceiptOutcome> Outcome)> Take()
    {
        lock (_gate)
        {
            var batch = new List<(T, TaskCompletionSource<ReceiptOutcome>)>();
            while (batch.Count < IMessageQueue.MaxBatch && _waiting.TryDequeue(out var one)) batch.Add(one);
            _calling = batch.Count > 0;
            return batch;
        }
    }
}
