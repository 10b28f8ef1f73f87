using Lapstack.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Lapstack.Services.Events;

internal static class EventsRegistration
{
    public static IServiceCollection AddEvents(this IServiceCollection services) => services
        .AddSingleton<EventBuses>()
        .AddSingleton<RuleStore>()
        .AddSingleton<TargetSender>()
        .AddSingleton<Deliveries>().AddHostedPart<Deliveries>()
        .AddSingleton<ScheduledRules>().AddHostedPart<ScheduledRules>()
        .AddSingleton<EventBus>().AddPort<IEventBus, EventBus>()
        .AddSingleton<PutEvents>()
        .AddService<EventsService>()
        .AddResource<EventBusType>()
        .AddResource<RuleType>();
}
