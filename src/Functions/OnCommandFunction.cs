using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using Jobs.Core.Commands;
using Jobs.Core.Dispatch;
using Jobs.Core.Engine;

namespace Jobs.Functions;

/// <summary>The commands queue → a run, a retry, an end. Senders that are no triggers have no other entry.</summary>
public sealed class OnCommandFunction(
    Inbox inbox,
    CommandIntake commands,
    Submitters submitters,
    RunEngine engine,
    Dispatcher dispatcher,
    TimeProvider clock)
{
    [LambdaFunction]
    public async Task<SQSBatchResponse> OnCommand(SQSEvent batch, ILambdaContext context)
    {
        var answer = await inbox.HandleAsync(batch, context, HandleAsync);
        await Dispatching.AfterBatchAsync(engine, dispatcher, context, clock);
        return answer;
    }

    private Task<string> HandleAsync(SQSEvent.SQSMessage message, bool mayWait, CancellationToken cancellation) =>
        commands.HandleAsync(message.Body, submitters.SenderOf(message), mayWait, cancellation);
}
