using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using Jobs.Core.Dispatch;
using Jobs.Core.Engine;
using Jobs.Core.Triggers;

namespace Jobs.Functions;

/// <summary>
/// Inbox of all upload rules → a run for each upload. In a burst beyond the launch rate it dispatches too, until the
/// tick takes over.
/// </summary>
public sealed class OnUploadFunction(
    Inbox inbox, UploadIntake uploads, RunEngine engine, Dispatcher dispatcher, TimeProvider clock)
{
    [LambdaFunction]
    public async Task<SQSBatchResponse> OnUpload(SQSEvent batch, ILambdaContext context)
    {
        var answer = await inbox.HandleAsync(batch, context, HandleAsync);
        await Dispatching.AfterBatchAsync(engine, dispatcher, context, clock);
        return answer;
    }

    private async Task<string> HandleAsync(string body, CancellationToken cancellation)
    {
        var message = UploadMessage.Read(body);
        var upload = message.ToUpload();
        return await uploads.HandleAsync(message.Job!, message.Trigger ?? "", upload, cancellation) switch
        {
            null => $"{upload} starts nothing.",
            { IsNew: true } run => $"{upload} started run {run.Id}.",
            { } run => $"{upload} had already started run {run.Id}.",
        };
    }
}
