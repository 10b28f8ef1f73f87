using System.Diagnostics.CodeAnalysis;
using Jobs.Core;
using Jobs.Core.Definitions;
using Jobs.Core.Triggers;

namespace Jobs.Sdk.Declarations;

/// <summary>A handler of uploads, whose messages are what the rules of its triggers put into its queue.</summary>
internal sealed class UploadHandler(
    [DynamicallyAccessedMembers(JobClass.Needed)] Type type, JobDefinition definition)
    : QueueJobType(type, typeof(Upload), definition)
{
    public override TakenMessage? Read(string body)
    {
        try
        {
            var message = UploadMessage.Read(body);
            var upload = message.ToUpload();
            return UploadIntake.IsFor(Definition, message.Trigger ?? "", upload)
                ? new TakenMessage(upload, message.Identify(upload))
                : null;
        }
        catch (RejectedMessageException e)
        {
            throw new MisfitException(e.Message, e);
        }
    }

    public override Task HandleAsync(object handler, object message, MessageContext context, CancellationToken stop) =>
        ((IMessageHandler<Upload>)handler).HandleAsync((Upload)message, context, stop);
}
