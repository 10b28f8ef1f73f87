namespace Lapstack.Services.Sns;

/// <summary>AWS::Chatbot::SlackChannelConfiguration.</summary>
internal sealed class SlackChannelType(TopicStore topics, ChatRooms rooms)
    : ChatChannelType("AWS::Chatbot::SlackChannelConfiguration", "Slack", "SlackChannelId", topics, rooms);
