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
        .AddSingleton<TransactionLock>()
        .AddSingleton<Transactions>().AddHostedPart<Transactions>()
        .AddSingleton<ExpiredItems>().AddHostedPart<ExpiredItems>()
        .AddService<DynamoDbService>()
        .AddResource<TableType>();
}
