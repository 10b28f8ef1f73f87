namespace Jobs.Tests.Unit.Sdk.Messages;

/// <summary>A handler that does what its test says.</summary>
[Job(StopTimeoutSeconds = 60)]
[OnQueue(MaxReceives = 2, Parallelism = 4, IdleSeconds = 30)]
internal sealed class CountedHandler(CountedHandler.Script script) : IMessageHandler<CountedHandler.Count>
{
    public delegate Task Script(Count message, MessageContext context, CancellationToken stop);

    public Task HandleAsync(Count message, MessageContext context, CancellationToken stop) =>
        script(message, context, stop);

    internal sealed record Count(int Number);
}
