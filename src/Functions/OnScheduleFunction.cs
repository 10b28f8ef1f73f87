using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using Jobs.Core.Alerts;
using Jobs.Core.Dispatch;
using Jobs.Core.Engine;
using Jobs.Core.Scheduling;
using Jobs.Core.Triggers;
using Jobs.Functions.Events;

namespace Jobs.Functions;

/// <summary>Inbox of all schedules → a run for each planned time.</summary>
public sealed class OnScheduleFunction(
    Inbox inbox, Scheduler schedules, RunEngine engine, Dispatcher dispatcher, TimeProvider clock)
{
    [LambdaFunction]
    public async Task<SQSBatchResponse> OnSchedule(SQSEvent batch, ILambdaContext context)
    {
        var answer = await inbox.HandleAsync(batch, context, HandleAsync);
        await Dispatching.AfterBatchAsync(engine, dispatcher, context, clock);
        return answer;
    }

    private async Task<string> HandleAsync(string body, CancellationToken cancellation)
    {
        var (key, planned) = MessageBody.Read(body, MessageJson.Default.ScheduleMessage, "what a schedule sends")
            .Require();
        var (id, isNew) = await schedules.ComeAsync(key, planned, cancellation);
        return isNew
            ? $"Schedule {key} came for {MissingRun.Text(planned)}: run {id}."
            : $"Schedule {key} had already come for {MissingRun.Text(planned)}: run {id}.";
    }
}
