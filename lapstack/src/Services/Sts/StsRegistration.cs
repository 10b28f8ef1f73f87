using Microsoft.Extensions.DependencyInjection;

namespace Lapstack.Services.Sts;

internal static class StsRegistration
{
    public static IServiceCollection AddSts(this IServiceCollection services) => services.AddService<StsService>();
}
