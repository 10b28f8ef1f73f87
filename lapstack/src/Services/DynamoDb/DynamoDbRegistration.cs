using Microsoft.Extensions.DependencyInjection;

namespace Lapstack.Services.DynamoDb;

internal static class DynamoDbRegistration
{
    public static IServiceCollection AddDynamoDb(this IServiceCollection services) => services
        .AddSingleton<DynaliteInstaller>()
        .AddSingleton<Dynalite>().AddResident<Dynalite>()
        .AddSingleton<DynaliteProxy>()
        .AddSingleton<DynamoDbAccess>()
        .AddSingleton<Tables>().AddResident<Tables>()
        .AddService<DynamoDbService>()
        .AddResource<TableType>();
}
