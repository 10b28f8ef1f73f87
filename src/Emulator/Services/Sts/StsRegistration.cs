using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Emulator.Services.Sts;

internal static class StsRegistration
{
    public static IServiceCollection AddSts(this IServiceCollection services) => services.AddService<StsService>();
}
