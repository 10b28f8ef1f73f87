using System.Text.Json.Nodes;
using Lapstack.State;
using Lapstack.Template;

namespace Lapstack.Services.Sns;

/// <summary>
/// AWS::Chatbot::SlackChannelConfiguration and its neighbour for Teams, which subscribe a channel to topics.
/// </summary>
/// <param name="product">Slack or Teams.</param>
/// <param name="property">Which has the channel's id.</param>
internal abstract class ChatChannelType(
    string type, string product, string property, TopicStore topics, ChatRooms rooms) : IResourceType
{
    public string Type => type;

    public ResourceIdentity Identify(ResourceDeclaration declaration)
    {
        var arn = $"arn:aws:chatbot::{declaration.Account.Id}:chat-configuration/{product.ToLowerInvariant()}-channel/" +
            declaration.NameOr("ConfigurationName", 128);
        return new ResourceIdentity(arn, ("Arn", arn));
    }

    public Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation)
    {
        foreach (var topic in (resource.Properties["SnsTopicArns"] as JsonArray ?? []).Select(arn => arn!.ToString()))
        {
            rooms.Add(topic, $"{product} channel {resource.Text(property)}");
            var id = FileNames.Hash($"{topic}/{ChatRooms.Endpoint}");
            topics.Add(new Subscription($"{topic}:{id[..36]}", topic, "https", ChatRooms.Endpoint, false, null));
        }

        return Task.CompletedTask;
    }
}
