using Amazon.Lambda.Annotations;
using Amazon.Lambda.CloudWatchEvents.ScheduledEvents;
using Amazon.Lambda.Core;
using Jobs.Core.Runs;

namespace Jobs.Functions;

/// <summary>Each minute → the sweep. It works from what is due now, so a tick that comes twice or late does no harm.</summary>
public sealed class OnTickFunction(Sweep sweep)
{
    [LambdaFunction]
    public async Task OnTick(ScheduledEvent tick, ILambdaContext context)
    {
        using var deadline = Inbox.Deadline(context);
        var looked = await sweep.RunAsync(deadline.Token);
        context.Logger.LogLine($"Looked at {looked} runs.");
    }
}
