using Lapstack.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Lapstack.Services.CloudWatch;

internal static class CloudWatchRegistration
{
    public static IServiceCollection AddCloudWatch(this IServiceCollection services) => services
        .AddSingleton<MetricStore>().AddPort<IMetrics, MetricStore>()
        .AddSingleton<AlarmStore>()
        .AddSingleton<AlarmActions>()
        .AddSingleton<AlarmHistory>()
        .AddSingleton<AlarmTransitions>()
        .AddSingleton<AlarmWatch>().AddHostedPart<AlarmWatch>()
        .AddSingleton<AlarmOperations>()
        .AddSingleton<MetricOperations>()
        .AddSingleton<MetricDataOperations>()
        .AddService<CloudWatchService>()
        .AddResource<AlarmType>();
}
