using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Emulator.Services.CloudFormation;

internal static class CloudFormationRegistration
{
    public static IServiceCollection AddCloudFormation(this IServiceCollection services) => services.AddService<CloudFormationService>();
}
