using Lapstack.Template;
using Microsoft.Extensions.DependencyInjection;

namespace Lapstack.Services.Ssm;

internal static class SsmRegistration
{
    public static IServiceCollection AddSsm(this IServiceCollection services) => services
        .AddSingleton<ParameterStore>()
        .AddSingleton<ParameterText>()
        .AddSingleton<ParameterReads>()
        .AddSingleton<ParameterWrites>()
        .AddService<SsmService>()
        .AddResource<ParameterType>()
        .AddSingleton<IExistingResources, ExistingParameters>()
        .AddSingleton<IStoredParameters, StoredParameters>();
}
