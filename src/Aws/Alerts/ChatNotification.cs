using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Jobs.Core.Alerts;

namespace Jobs.Aws.Alerts;

/// <summary>
/// An alert as AWS's chat integration, Amazon Q Developer in chat applications, shows it in Slack and Teams.
/// https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
/// </summary>
internal static class ChatNotification
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(ChatText chat, string? job) => Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("version", "1.0");
        json.WriteString("source", "custom");
        json.WriteStartObject("content");
        json.WriteString("textType", "client-markdown");
        json.WriteString("title", chat.Title);
        json.WriteString("description", chat.Text);
        WriteSteps(json, chat.NextSteps);
        json.WriteEndObject();
        json.WriteStartObject("metadata");
        json.WriteString("threadId", chat.Thread);
        json.WriteString("summary", chat.Title);
        json.WriteString("eventType", "jobs-alert");
        WriteContext(json, job);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>
    /// One message for all who subscribe: the integration's subscription is one of https, every other gets the text.
    /// https://docs.aws.amazon.com/sns/latest/dg/sns-send-custom-platform-specific-payloads-mobile-devices.html
    /// </summary>
    public static string Beside(string text, string notification) => Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("default", text);
        json.WriteString("https", notification);
        json.WriteEndObject();
    });

    private static void WriteSteps(Utf8JsonWriter json, IReadOnlyList<string> steps)
    {
        if (steps.Count == 0) return;
        json.WriteStartArray("nextSteps");
        foreach (var step in steps) json.WriteStringValue(step);
        json.WriteEndArray();
    }

    private static void WriteContext(Utf8JsonWriter json, string? job)
    {
        if (job is null) return;
        json.WriteStartObject("additionalContext");
        json.WriteString("job", job);
        json.WriteEndObject();
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, Writing)) write(json);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
