using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.State;

namespace Lapstack.Services.Sns;

/// <summary>
/// Where chat messages end: one file each in the state folder's <c>chat</c>. As the chat integration of AWS, it shows
/// its own format and CloudWatch's alarms, and nothing else.
/// https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
/// </summary>
internal sealed class ChatRooms(StateFolder state, Activity activity)
{
    /// <summary>Of the subscription that the integration makes.</summary>
    public const string Endpoint = "https://global.sns-api.chatbot.amazonaws.com";

    private readonly ServiceState _chat = state.For("chat");
    private readonly ConcurrentDictionary<(string Topic, string Channel), bool> _channels = new();

    /// <param name="channel">For people: Slack channel C0123ABCD.</param>
    public void Add(string topicArn, string channel) => _channels[(topicArn, channel)] = true;

    public void Deliver(Topic topic, Notification notification)
    {
        var text = notification.TextFor("https");
        if (TitleOf(text) is not { } title)
        {
            activity.Report(
                "SNS", "ChatDropped", $"{topic.Name}: the chat integration shows nothing of what is not in its format.");
            return;
        }

        var time = notification.At.UtcDateTime.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
        var channels = _channels.Keys.Where(one => one.Topic == topic.Arn).Select(one => one.Channel);
        foreach (var channel in channels.Order(StringComparer.Ordinal))
        {
            var name = $"{time}-{notification.MessageId}-{FileNames.Hash(channel)[..8]}.json";
            var temporary = _chat.NewTemporary();
            File.WriteAllText(temporary, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            _chat.Commit(temporary, name);
            var path = Path.Combine(_chat.Folder, name);
            activity.Report(
                "SNS",
                "Chat",
                $"To {channel}: {title} ({path})",
                new Dictionary<string, string> { ["to"] = channel, ["title"] = title, ["path"] = path });
        }
    }

    private static string? TitleOf(string text)
    {
        if (!text.StartsWith('{') || ForeignJson.Object(text) is not { } json) return null;
        if (json["AlarmName"] is { } alarm) return $"{json["NewStateValue"]}: {alarm}";
        return json["version"]?.ToString() == "1.0"
            && json["source"]?.ToString() == "custom"
            && json["content"] is JsonObject content
            && content["description"] is not null
                ? (content["title"] ?? content["description"])!.ToString()
                : null;
    }
}
