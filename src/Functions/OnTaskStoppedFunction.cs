using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using Jobs.Core.Dispatch;
using Jobs.Core.Engine;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Triggers;
using Jobs.Functions.Events;

namespace Jobs.Functions;

/// <summary>Inbox of the cluster's stopped tasks → the end of an attempt.</summary>
public sealed class OnTaskStoppedFunction(Inbox inbox, RunEngine engine, Dispatcher dispatcher, TimeProvider clock)
{
    [LambdaFunction]
    public async Task<SQSBatchResponse> OnTaskStopped(SQSEvent batch, ILambdaContext context)
    {
        var answer = await inbox.HandleAsync(batch, context, HandleAsync);
        await Dispatching.AfterBatchAsync(engine, dispatcher, context, clock);
        return answer;
    }

    private async Task<string> HandleAsync(string body, CancellationToken cancellation)
    {
        var task = MessageBody.Read(body, MessageJson.Default.TaskStateChange, "ECS's event").RequireDetail();
        if (task.LastStatus != "STOPPED") return $"Task {task.TaskArn} is {task.LastStatus}, not stopped.";
        if (!LaunchId.TryParse(task.StartedBy, out var launch)) return $"Task {task.TaskArn} is not a run's.";
        var stopped = task.Observe(body);
        var run = await engine.ApplyAsync(
            launch.Run, reading => new Fact.TaskStopped(launch.Number, stopped, reading.Worker), cancellation);
        return run is null
            ? $"Task {task.TaskArn} was started for run {launch.Run}, which this stack does not have."
            : $"Run {run.Id} is {run.State}: {run.Verdict?.Sentence}";
    }
}
