using Lapstack.Seams;
using Microsoft.Extensions.DependencyInjection;

namespace Lapstack.Services.AutoScaling;

internal static class AutoScalingRegistration
{
    public static IServiceCollection AddAutoScaling(this IServiceCollection services) => services
        .AddSingleton<ScalingStore>()
        .AddSingleton<Scaler>().AddSeam<IScaling, Scaler>()
        .AddSingleton<ScalingWatch>().AddResident<ScalingWatch>()
        .AddService<AutoScalingService>()
        .AddResource<ScalableTargetType>()
        .AddResource<ScalingPolicyType>();
}
