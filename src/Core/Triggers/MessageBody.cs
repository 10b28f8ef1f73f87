using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Jobs.Core.Triggers;

/// <summary>The body of a message that a rule puts into a queue.</summary>
public static class MessageBody
{
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
                $"The message is not {what}: {e.Message} Correct it and send it to the queue again.");
        }
    }
}
