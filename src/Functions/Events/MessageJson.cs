using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Jobs.Core;

namespace Jobs.Functions.Events;

/// <summary>What rules put into the inbox queues.</summary>
[JsonSerializable(typeof(EventMessage))]
[JsonSerializable(typeof(ScheduleMessage))]
[JsonSerializable(typeof(TaskStateChange))]
internal sealed partial class MessageJson : JsonSerializerContext
{
    /// <summary>Reads a message's body.</summary>
    /// <param name="what">What the body should be, for the message of the error.</param>
    /// <exception cref="RejectedMessageException">The body is something else.</exception>
    public static T Read<T>(string body, JsonTypeInfo<T> type, string what)
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException("The body is null.");
        }
        catch (JsonException e)
        {
            throw new RejectedMessageException(
                $"The message is not {what}: {e.Message} Correct it and send it to the inbox again.");
        }
    }
}
