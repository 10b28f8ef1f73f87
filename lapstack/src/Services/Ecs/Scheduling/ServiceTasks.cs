using System.Text.Json.Nodes;
using Lapstack.Services.Ecs.Api;
using Lapstack.Services.Ecs.Clusters;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Services.Ecs.Launching;
using Lapstack.Services.Ecs.Tasks;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Scheduling;

/// <summary>
/// Starts the tasks of a service, as RunTask would, with the deployment as startedBy and the service as group.
/// </summary>
internal sealed class ServiceTasks(ClusterStore clusters, TaskDefinitionStore definitions, TaskLauncher launcher)
{
    /// <param name="present">The service's tasks that are to run: a strategy's base and weights count them,
    /// too.</param>
    /// <exception cref="ServiceError">The definition or the cluster is gone.</exception>
    public IReadOnlyList<TaskRecord> Start(ServiceRecord service, int count, IReadOnlyList<TaskRecord> present)
    {
        var cluster = clusters.Get(service.ClusterArn);
        var definition = definitions.Find(service.Primary.DefinitionArn)
            ?? throw EcsErrors.Client($"The task definition {service.Primary.DefinitionArn} is not there any more.");
        var request = new TaskRequest(
            cluster,
            definition,
            count,
            Providers(service, cluster, count, present),
            [],
            definition.Cpu,
            definition.MemoryMiB,
            definition.StorageGiB,
            RunTaskReader.Subnet(service.Settings),
            service.Primary.Id,
            service.Group,
            Tags(service, definition),
            ClientToken: null,
            Fingerprint: "");
        return launcher.Launch(request).Tasks;
    }

    /// <summary>What the strategy gives to as many tasks as there will be, less what those present have.</summary>
    private static IReadOnlyList<string?> Providers(
        ServiceRecord service, Cluster cluster, int count, IReadOnlyList<TaskRecord> present)
    {
        var all = CapacityProviders.Spread(service.Settings, cluster, present.Count + count).ToList();
        foreach (var task in present) all.Remove(task.CapacityProvider);
        return [.. all.Take(count)];
    }

    private static JsonArray Tags(
        ServiceRecord service, TaskDefinition definition) => service.Settings.Text("propagateTags") switch
        {
            "SERVICE" => service.Settings["tags"]?.DeepClone().AsArray() ?? [],
            "TASK_DEFINITION" => definition.Tags,
            _ => [],
        };
}
