using Lapstack.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Lapstack.Services.AutoScaling;

internal static class AutoScalingRegistration
{
    public static IServiceCollection AddAutoScaling(this IServiceCollection services, TimeSpan trackingPeriod) =>
        services
        .AddSingleton(new TrackingPeriod(trackingPeriod))
        .AddSingleton<ScalingStore>()
        .AddSingleton<Scaler>().AddPort<IScaling, Scaler>()
        .AddSingleton<ScalingWatch>().AddHostedPart<ScalingWatch>()
        .AddService<AutoScalingService>()
        .AddResource<ScalableTargetType>()
        .AddResource<ScalingPolicyType>();
}
