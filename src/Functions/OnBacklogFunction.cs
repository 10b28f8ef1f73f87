using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Jobs.Core;
using Jobs.Core.Backlog;
using Jobs.Core.Definitions;
using Jobs.Core.Dispatch;
using Jobs.Core.Engine;
using Jobs.Functions.Events;

namespace Jobs.Functions;

/// <summary>
/// The alarm of a queue → tasks that take its messages. It fires once when a queue is no longer empty, minutes late
/// perhaps, so each minute all queues are looked at besides.
/// </summary>
public sealed class OnBacklogFunction(
    BacklogWatch watch, JobCatalog catalog, StackInfo stack, RunEngine engine, Dispatcher dispatcher,
    TimeProvider clock)
{
    [LambdaFunction]
    public async Task OnBacklog(BacklogNudge nudge, ILambdaContext context)
    {
        using var deadline = Inbox.Deadline(context, clock);
        // Beside each other: what fails for one queue must not keep the others from being looked at.
        await Task.WhenAll(
            Meant(nudge).Select(async job => context.Logger.LogLine(await watch.LookAsync(job, deadline.Token))));
        await Dispatching.AfterBatchAsync(engine, dispatcher, context, clock);
    }

    /// <summary>The job of the alarm; every job with a queue when no alarm, or none of these, is named.</summary>
    private List<JobDefinition> Meant(BacklogNudge nudge)
    {
        var queues = catalog.Jobs.Where(job => job.Queue is not null).ToList();
        var named = queues.Where(job => Names.BacklogAlarm(stack.Name, job.Name) == nudge.AlarmName).ToList();
        return named.Count > 0 ? named : queues;
    }
}
