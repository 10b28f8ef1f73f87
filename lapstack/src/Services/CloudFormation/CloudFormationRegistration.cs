using Microsoft.Extensions.DependencyInjection;

namespace Lapstack.Services.CloudFormation;

internal static class CloudFormationRegistration
{
    public static IServiceCollection AddCloudFormation(this IServiceCollection services) =>
        services.AddService<CloudFormationService>();
}
