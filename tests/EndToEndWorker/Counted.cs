using System.Globalization;
using System.Text;

namespace Jobs.Tests.EndToEndWorker;

/// <summary>
/// Records each handling as an object of its own, handled/NUMBER/RECEIVES with the process and when it began and ended,
/// so that a test sees what was handled twice, and by whom. A message that is received a second time would be a dead
/// letter.
/// </summary>
[OnQueue(MessagesPerTask = 250, MaxTasks = 4, IdleSeconds = 5, MaxReceives = 1, Parallelism = 8)]
[Writes("handled/")]
public sealed class Counted : IMessageHandler<Counted.Message>
{
    public sealed record Message(int Number, int Milliseconds = 0);

    public async Task HandleAsync(Message message, MessageContext context, CancellationToken stop)
    {
        var began = TimeProvider.System.GetUtcNow();
        await Task.Delay(TimeSpan.FromMilliseconds(message.Milliseconds), TimeProvider.System, stop);
        var line = string.Create(
            CultureInfo.InvariantCulture, $"{Environment.ProcessId} {began:O} {TimeProvider.System.GetUtcNow():O}");
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(line));
        await context.WriteAsync($"handled/{message.Number}/{context.Receives}", content, "text/plain", stop);
    }
}
