using Microsoft.Extensions.DependencyInjection;

namespace Lapstack.Services.DynamoDb;

internal static class DynamoDbRegistration
{
    public static IServiceCollection AddDynamoDb(this IServiceCollection services) => services
        .AddSingleton<DynaliteInstaller>()
        .AddSingleton<Dynalite>().AddHostedPart<Dynalite>()
        .AddSingleton<DynaliteProxy>()
        .AddSingleton<DynamoDbAccess>()
        .AddSingleton<Tables>().AddHostedPart<Tables>()
        .AddService<DynamoDbService>()
        .AddResource<TableType>();
}
