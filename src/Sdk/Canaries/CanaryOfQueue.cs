using Jobs.Core;
using Microsoft.Extensions.Logging;

namespace Jobs.Sdk.Canaries;

/// <summary>Takes messages, and does nothing with them: the run's result says how many there were.</summary>
[Job(
    Name = CanaryNames.OfQueue,
    Owner = CanaryWork.Owner,
    TimeoutMinutes = 5,
    StopTimeoutSeconds = CanaryNames.StopTimeoutSeconds)]
[OnQueue(IdleSeconds = 5, MaxTasks = 1)]
internal sealed class CanaryOfQueue : IMessageHandler<CanaryMessage>
{
    public Task HandleAsync(CanaryMessage message, MessageContext context, CancellationToken stop)
    {
        context.Logger.LogInformation("Canary {Token} has come.", message.Token);
        return Task.CompletedTask;
    }
}
