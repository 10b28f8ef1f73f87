using Lapstack.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Lapstack.Services.Sns;

internal static class SnsRegistration
{
    public static IServiceCollection AddSns(this IServiceCollection services) => services
        .AddSingleton<TopicStore>()
        .AddSingleton<Mailbox>()
        .AddSingleton<ChatRooms>()
        .AddSingleton<TopicPublisher>()
        .AddPort<ITopics, TopicPublisher>()
        .AddSingleton<SnsReads>()
        .AddService<SnsService>()
        .AddResource<TopicType>()
        .AddResource<SubscriptionType>()
        .AddResource<SlackChannelType>()
        .AddResource<TeamsChannelType>();
}
