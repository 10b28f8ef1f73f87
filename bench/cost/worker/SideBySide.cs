namespace Jobs.Bench.CostWorker;

/// <summary>Small files that share tasks, eight at a time in each.</summary>
[OnUpload("side-by-side/")]
[OnQueue(MessagesPerTask = MessagesPerTask, Parallelism = 8)]
public sealed class SideBySide : IMessageHandler<Upload>
{
    public const int MessagesPerTask = 250;

    public Task HandleAsync(Upload message, MessageContext context, CancellationToken stop) =>
        Pause.ForASecondAsync(stop);
}
