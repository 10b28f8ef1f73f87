using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using Jobs.Core.Dispatch;
using Jobs.Core.Engine;
using Jobs.Core.Triggers;
using Jobs.Functions.Events;

namespace Jobs.Functions;

/// <summary>Inbox of all event rules → a run for each event.</summary>
public sealed class OnEventFunction(
    Inbox inbox, EventIntake events, RunEngine engine, Dispatcher dispatcher, TimeProvider clock)
{
    [LambdaFunction]
    public async Task<SQSBatchResponse> OnEvent(SQSEvent batch, ILambdaContext context)
    {
        var answer = await inbox.HandleAsync(batch, context, HandleAsync);
        await Dispatching.AfterBatchAsync(engine, dispatcher, context, clock);
        return answer;
    }

    private async Task<string> HandleAsync(string body, CancellationToken cancellation)
    {
        var (job, trigger, @event) = MessageBody.Read(body, MessageJson.Default.EventMessage, "an event rule's output")
            .Require();
        var (id, isNew) = await events.HandleAsync(job, trigger, @event, cancellation);
        return isNew
            ? $"Event {@event.Id} started run {id}."
            : $"Event {@event.Id} had already started run {id}.";
    }
}
