using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using Jobs.Core.Triggers;
using Jobs.Functions.Events;

namespace Jobs.Functions;

/// <summary>Inbox of all upload rules → a run for each upload.</summary>
public sealed class OnUploadFunction(Inbox inbox, UploadIntake uploads)
{
    [LambdaFunction]
    public Task<SQSBatchResponse> OnUpload(SQSEvent batch, ILambdaContext context) => inbox.HandleAsync(batch, context, HandleAsync);

    private async Task<string> HandleAsync(string body, CancellationToken cancellation)
    {
        var message = MessageJson.Read(body, MessageJson.Default.UploadMessage, "an upload rule's output");
        var upload = message.ToUpload();
        return await uploads.HandleAsync(message.Job!, message.Trigger ?? "", upload, cancellation) switch
        {
            null => $"{upload} starts nothing.",
            { IsNew: true } run => $"{upload} started run {run.Id}.",
            { } run => $"{upload} had already started run {run.Id}.",
        };
    }
}
