using Lapstack.Ports;
using Lapstack.Processes;
using Lapstack.Services.Ecs.Clusters;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Services.Ecs.Engines;
using Lapstack.Services.Ecs.Launching;
using Lapstack.Services.Ecs.Running;
using Lapstack.Services.Ecs.Scheduling;
using Lapstack.Services.Ecs.Tasks;
using Lapstack.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace Lapstack.Services.Ecs;

internal static class EcsRegistration
{
    /// <param name="engine">The program of a container engine; null to run containers as processes.</param>
    public static IServiceCollection AddEcs(this IServiceCollection services, string? engine) => services
        .AddEngine(engine)
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
        .AddSingleton<ContainerVariables>()
        .AddSingleton<ContainerPlanner>()
        .AddSingleton<TaskVolumes>()
        .AddSingleton(parts => new StartGate(StartGate.PlacesHere, parts.GetRequiredService<TimeProvider>()))
        .AddSingleton<DefinitionNotices>().AddHostedPart<DefinitionNotices>()
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
        .AddResource<AccessPointType>()
        .AddResource<ServiceType>();

    private static IServiceCollection AddEngine(this IServiceCollection services, string? engine)
    {
        services.AddSingleton<ImageFolders>();
        return engine is null
            ? services.AddSingleton<IContainerEngine, ProcessEngine>()
            : services
                .AddSingleton(parts => new EngineProgram(
                    engine, parts.GetRequiredService<ProcessLedger>(), parts.GetRequiredService<TimeProvider>()))
                .AddSingleton<IContainerEngine, ContainerEngine>();
    }
}
