using Microsoft.Extensions.DependencyInjection;

namespace Lapstack.Services.Scheduler;

internal static class SchedulerRegistration
{
    public static IServiceCollection AddScheduler(this IServiceCollection services) => services
        .AddSingleton<ScheduleStore>()
        .AddSingleton<ScheduleSender>()
        .AddSingleton<ScheduleRunner>().AddHostedPart<ScheduleRunner>()
        .AddService<SchedulerService>()
        .AddResource<ScheduleGroupType>()
        .AddResource<ScheduleType>();
}
