using Lapstack.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Lapstack.Services.Sns;

internal static class SnsRegistration
{
    public static IServiceCollection AddSns(this IServiceCollection services) => services
        .AddSingleton<TopicStore>()
        .AddSingleton<Mailbox>()
        .AddSingleton<TopicPublisher>()
        .AddPort<ITopics, TopicPublisher>()
        .AddService<SnsService>()
        .AddResource<TopicType>()
        .AddResource<SubscriptionType>();
}
