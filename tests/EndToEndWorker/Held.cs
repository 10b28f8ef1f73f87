using System.Text;

namespace Jobs.Tests.EndToEndWorker;

/// <summary>
/// Takes messages and does not let go of them until it is told to stop; those whose number is odd not even then.
/// </summary>
[OnQueue(MaxTasks = 1, IdleSeconds = 5, Parallelism = 8, VisibilitySeconds = 600)]
[Writes("held/")]
public sealed class Held : IMessageHandler<Held.Message>
{
    public sealed record Message(int Number);

    public async Task HandleAsync(Message message, MessageContext context, CancellationToken stop)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes($"{context.Receives}"));
        await context.WriteAsync($"held/{message.Number}", content, "text/plain", CancellationToken.None);
        await Task.Delay(
            Timeout.InfiniteTimeSpan, TimeProvider.System, message.Number % 2 == 0 ? stop : CancellationToken.None);
    }
}
