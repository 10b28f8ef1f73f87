namespace Lapstack.Services.Sns;

/// <summary>AWS::Chatbot::MicrosoftTeamsChannelConfiguration.</summary>
internal sealed class TeamsChannelType(TopicStore topics, ChatRooms rooms)
    : ChatChannelType("AWS::Chatbot::MicrosoftTeamsChannelConfiguration", "Teams", "TeamsChannelId", topics, rooms);
