using System.Text.Json.Nodes;
using Lapstack.Services.Ecs.Clusters;
using Lapstack.Services.Ecs.Tasks;

namespace Lapstack.Services.Ecs;

/// <summary>A cluster as DescribeClusters gives it.</summary>
internal static class ClusterAnswer
{
    public static JsonObject Of(Cluster cluster, IReadOnlyList<TaskRecord> tasks, int activeServices) => new()
    {
        ["clusterArn"] = cluster.Arn,
        ["clusterName"] = cluster.Name,
        ["status"] = "ACTIVE",
        ["registeredContainerInstancesCount"] = 0,
        ["activeServicesCount"] = activeServices,
        ["runningTasksCount"] = tasks.Count(t => t.ClusterArn == cluster.Arn && t.LastStatus == TaskState.Running),
        ["pendingTasksCount"] = tasks.Count(t => t.ClusterArn == cluster.Arn && t.StartedAt is null && !t.IsStopped),
        ["capacityProviders"] = new JsonArray(
            [.. cluster.CapacityProviders.Select(p => (JsonNode)JsonValue.Create(p))]),
        ["defaultCapacityProviderStrategy"] = new JsonArray([.. cluster.DefaultStrategy.Select(i => new JsonObject
        {
            ["capacityProvider"] = i.Provider,
            ["weight"] = i.Weight,
            ["base"] = i.Base,
        })]),
    };
}
