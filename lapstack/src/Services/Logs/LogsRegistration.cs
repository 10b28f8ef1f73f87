using Lapstack.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Lapstack.Services.Logs;

internal static class LogsRegistration
{
    public static IServiceCollection AddLogs(this IServiceCollection services) => services
        .AddSingleton<LogStore>().AddPort<ILogs, LogStore>()
        .AddService<LogsService>()
        .AddResource<LogGroupType>();
}
