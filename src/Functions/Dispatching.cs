using Amazon.Lambda.Core;
using Jobs.Core.Dispatch;
using Jobs.Core.Engine;

namespace Jobs.Functions;

/// <summary>
/// What a function does after a batch that left runs waiting, for the launch rate or the CPU budget, or freed capacity:
/// it dispatches too, until the tick takes over.
/// </summary>
internal static class Dispatching
{
    public static async Task AfterBatchAsync(
        RunEngine engine, Dispatcher dispatcher, ILambdaContext context, TimeProvider clock)
    {
        if (engine.TakeLeftWaiting()) await DispatchAsync(dispatcher, context, clock);
        // Lambda freezes the process when it has answered.
        if (engine.Traces is { } traces) await traces.FlushAsync();
    }

    private static async Task DispatchAsync(Dispatcher dispatcher, ILambdaContext context, TimeProvider clock)
    {
        using var deadline = Inbox.Deadline(context, clock);
        try
        {
            var launched = await dispatcher.RunAsync(
                context.AwsRequestId, Inbox.TimeToDispatch(context), patient: false, deadline.Token);
            if (launched > 0) context.Logger.LogLine($"Launched {launched} runs that waited.");
        }
        catch (Exception e)
        {
            // The batch is done: its messages must not come again for this. What was left is the tick's.
            context.Logger.LogLine($"Dispatching ended early: {e}");
        }
    }
}
