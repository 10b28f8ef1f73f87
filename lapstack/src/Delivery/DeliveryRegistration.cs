using Microsoft.Extensions.DependencyInjection;

namespace Lapstack.Delivery;

internal static class DeliveryRegistration
{
    public static IServiceCollection AddDelivery(this IServiceCollection services) =>
        services.AddSingleton<ServiceSender>();
}
