using Jobs.Emulator.Seams;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Emulator.Services.AutoScaling;

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
