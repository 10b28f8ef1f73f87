using Lapstack.Template;
using Microsoft.Extensions.DependencyInjection;

namespace Lapstack.Services.SecretsManager;

internal static class SecretsManagerRegistration
{
    public static IServiceCollection AddSecretsManager(this IServiceCollection services) => services
        .AddSingleton<SecretStore>()
        .AddSingleton<SecretGifts>()
        .AddSingleton<SecretReads>()
        .AddSingleton<SecretWrites>()
        .AddSingleton<SecretDeletion>()
        .AddService<SecretsManagerService>()
        .AddResource<SecretType>()
        .AddSingleton<IExistingResources, ExistingSecrets>();
}
