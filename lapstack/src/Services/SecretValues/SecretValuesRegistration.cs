using Lapstack.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Lapstack.Services.SecretValues;

internal static class SecretValuesRegistration
{
    public static IServiceCollection AddSecretValues(this IServiceCollection services) => services
        .AddSingleton<SettingHelp>()
        .AddSingleton<ParameterSource>()
        .AddSingleton<SecretSource>()
        .AddSingleton<SecretValues>().AddPort<ISecretValues, SecretValues>();
}
