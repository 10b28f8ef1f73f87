using Lapstack.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Lapstack.Services.Lambda;

internal static class LambdaRegistration
{
    public static IServiceCollection AddLambda(this IServiceCollection services) => services
        .AddSingleton<EnvironmentFactory>()
        .AddSingleton<FunctionStore>().AddHostedPart<FunctionStore>()
        .AddSingleton<Destinations>()
        // A topic may itself invoke functions.
        .AddSingleton<Func<ITopics>>(provider => provider.GetRequiredService<ITopics>)
        .AddSingleton<AsyncInvocations>().AddHostedPart<AsyncInvocations>()
        .AddSingleton<EventSources>().AddHostedPart<EventSources>()
        .AddSingleton<FunctionInvoker>().AddPort<IFunctions, FunctionInvoker>()
        .AddSingleton<EventSourceOperations>()
        .AddService<LambdaService>()
        .AddResource<FunctionType>()
        .AddResource<PermissionType>()
        .AddResource<EventInvokeConfigType>()
        .AddResource<EventSourceMappingType>();
}
