using Lapstack.Ports;
using Lapstack.Services.Ecs.Clusters;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Services.Ecs.Launching;
using Lapstack.Services.Ecs.Running;
using Lapstack.Services.Ecs.Scheduling;
using Lapstack.Services.Ecs.Tasks;
using Lapstack.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace Lapstack.Services.Ecs;

internal static class EcsRegistration
{
    public static IServiceCollection AddEcs(this IServiceCollection services) => services
        .AddSingleton(new EcsTimings())
        .AddSingleton<ClusterStore>()
        .AddSingleton<TaskDefinitionStore>()
        .AddSingleton<TaskStore>()
        .AddSingleton<TaskProtections>()
        .AddSingleton<TaskProtectionCalls>()
        .AddSingleton<TaskProtectionEndpoint>()
        .AddSingleton<TaskProtectionOperations>()
        .AddSingleton<TaskEndpoints>().AddPort<IRoute, TaskEndpoints>()
        .AddSingleton<EcsEnvironment>()
        .AddSingleton<ImageFolders>()
        .AddSingleton<ContainerProgram>()
        .AddSingleton<TaskParts>()
        .AddSingleton<LaunchFaults>()
        .AddSingleton<TaskFaults>()
        .AddSingleton<TaskHost>().AddHostedPart<TaskHost>()
        .AddRoute<SpotInterruptions>()
        .AddSingleton<ClientTokens>()
        .AddSingleton<TaskLauncher>()
        .AddSingleton<RunTaskReader>()
        .AddSingleton<ServiceStore>()
        .AddSingleton<ServiceCapacity>().AddPort<IServiceCapacity, ServiceCapacity>()
        .AddSingleton<ServiceReader>()
        .AddSingleton<ServiceTasks>()
        .AddSingleton<ServiceLog>()
        .AddSingleton<ServiceOperations>()
        .AddSingleton<ServiceScheduler>().AddHostedPart<ServiceScheduler>()
        .AddService<EcsService>()
        .AddResource<ClusterType>()
        .AddResource<CapacityProviderAssociationsType>()
        .AddResource<TaskDefinitionType>()
        .AddResource<ServiceType>();
}
