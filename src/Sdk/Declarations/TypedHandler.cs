using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Jobs.Core;
using Jobs.Core.Definitions;
using Jobs.Sdk.Ground;

namespace Jobs.Sdk.Declarations;

/// <summary>A handler whose type is known, so that no call goes through reflection.</summary>
internal sealed class TypedHandler<T>(
    [DynamicallyAccessedMembers(JobClass.Needed)] Type type, JobDefinition definition)
    : QueueJobType(type, typeof(T), definition)
{
    private const int MaxSchema = 1_000;

    public override TakenMessage Read(string body)
    {
        try
        {
            var message = JobJson.Read<T>(body, JobJson.Messages);
            return new TakenMessage(message ?? throw Misfit("The message is null", null));
        }
        catch (JsonException e)
        {
            throw Misfit(
                IsJson(body)
                    ? $"The message is not a {typeof(T).Name}: {e.Message}"
                    : $"The message is not JSON: {e.Message}",
                e);
        }
    }

    public override Task HandleAsync(object handler, object message, MessageContext context, CancellationToken stop) =>
        ((IMessageHandler<T>)handler).HandleAsync((T)message, context, stop);

    private static bool IsJson(string body)
    {
        try
        {
            using var parsed = JsonDocument.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private MisfitException Misfit(string what, Exception? cause) => new(
        $"{what.TrimEnd('.')}. Job {Definition.Name} takes " +
        $"{Excerpt.Of(JobJson.SchemaOf(typeof(T)).ToJsonString(), MaxSchema)}: " +
        "send that, one message each. Sending this one again cannot help.",
        cause);
}
