using Lapstack.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Lapstack.Services.CloudWatch;

internal static class CloudWatchRegistration
{
    public static IServiceCollection AddCloudWatch(this IServiceCollection services) => services
        .AddSingleton<MetricStore>().AddPort<IMetrics, MetricStore>()
        .AddSingleton<AlarmStore>()
        .AddSingleton<AlarmActions>()
        .AddSingleton<AlarmWatch>().AddHostedPart<AlarmWatch>()
        .AddSingleton<MetricOperations>()
        .AddService<CloudWatchService>()
        .AddResource<AlarmType>();
}
