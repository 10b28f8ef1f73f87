namespace Jobs.Tests.EndToEndWorker;

/// <summary>Takes whatever message comes, and does nothing with it.</summary>
[OnQueue(MaxTasks = 1, IdleSeconds = 5)]
public sealed class Noted : IMessageHandler<Noted.Message>
{
    public sealed record Message(string Text);

    public Task HandleAsync(Message message, MessageContext context, CancellationToken stop) => Task.CompletedTask;
}
