        .AddProcesses()
        .AddSts()
        .AddS3()
        .AddSqs()
        .AddLogs()
        .AddLambda();
using Jobs.Emulator.Services.Sts;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Emulator;

/// <summary>The one place where services are put together: one line per room.</summary>
internal static class Composition
{
    public static IServiceCollection AddRooms(this IServiceCollection services) => services
        .AddProcesses()
        .AddSts()
        .AddS3()
        .AddSqs()
        .AddLogs()
        .AddLambda();
}
