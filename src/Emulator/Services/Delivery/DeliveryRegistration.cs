using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Emulator.Services.Delivery;

internal static class DeliveryRegistration
{
    public static IServiceCollection AddDelivery(this IServiceCollection services) => services.AddSingleton<ServiceSender>();
}
