using Jobs.Emulator.Seams;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Emulator.Services.Logs;

internal static class LogsRegistration
{
    public static IServiceCollection AddLogs(this IServiceCollection services) => services
        .AddSingleton<LogStore>().AddSeam<ILogs, LogStore>()
        .AddService<LogsService>()
        .AddResource<LogGroupType>();
}
