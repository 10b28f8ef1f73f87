using System.Text;
using Jobs.Core.Definitions;

namespace Jobs.Tests.EndToEndWorker;

/// <summary>
/// A service that holds each message until the test lets it go: it says what it has in hand with an object
/// <c>running/KEY</c>.
/// </summary>
[Job(StopTimeoutSeconds = 20)]
[OnQueue(Mode = QueueMode.Service, MaxTasks = 2, IdleSeconds = 5, VisibilitySeconds = 30)]
[Reads("gates/")]
[Writes("running/")]
public sealed class Patient : IMessageHandler<Patient.Work>
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <param name="Key">Of the gate, under gates/.</param>
    public sealed record Work(string Key);

    public async Task HandleAsync(Work message, MessageContext context, CancellationToken stop)
    {
        using var received = new MemoryStream(Encoding.UTF8.GetBytes($"{context.Receives}"));
        await context.WriteAsync($"running/{message.Key}", received, "text/plain", stop);
        while (!await IsOpenAsync(message, context, stop)) await Task.Delay(Poll, TimeProvider.System, stop);
    }

    private static async Task<bool> IsOpenAsync(Work message, MessageContext context, CancellationToken stop)
    {
        using var gate = new StreamReader(await context.OpenAsync($"gates/{message.Key}", stop));
        return await gate.ReadToEndAsync(stop) == "open";
    }
}
