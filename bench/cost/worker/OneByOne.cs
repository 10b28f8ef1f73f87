namespace Jobs.Bench.CostWorker;

/// <summary>Small files that share tasks, one after the other in each.</summary>
[OnUpload("one-by-one/")]
[OnQueue(MessagesPerTask = MessagesPerTask, Parallelism = 1)]
public sealed class OneByOne : IMessageHandler<Upload>
{
    public const int MessagesPerTask = 250;

    public Task HandleAsync(Upload message, MessageContext context, CancellationToken stop) =>
        Pause.ForASecondAsync(stop);
}
