using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Services.Ecs.Tasks;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Scheduling;

/// <summary>
/// A service as DescribeServices gives it. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Service.html
/// </summary>
internal static class ServiceJson
{
    /// <param name="tasks">The service's tasks that are to run.</param>
    public static JsonObject Of(ServiceRecord service, IReadOnlyList<TaskRecord> tasks, Account account, bool withTags)
    {
        var json = new JsonObject
        {
            ["serviceArn"] = service.Arn,
            ["serviceName"] = service.Name,
            ["clusterArn"] = service.ClusterArn,
            ["loadBalancers"] = new JsonArray(),
            ["serviceRegistries"] = new JsonArray(),
            ["status"] = service.Status,
            ["desiredCount"] = service.Wanted,
            ["runningCount"] = tasks.Count(IsRunning),
            ["pendingCount"] = tasks.Count(t => !IsRunning(t)),
            ["platformFamily"] = "Linux",
            ["taskDefinition"] = service.Primary.DefinitionArn,
            ["deployments"] = new JsonArray([.. service.Deployments.Select(d => Of(service, d, tasks))]),
            ["roleArn"] = $"arn:aws:iam::{account.Id}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS",
            ["events"] = new JsonArray(
                [.. service.Events.Select(e => new JsonObject { ["id"] = e.Id, ["createdAt"] = Time(e.At),
                    ["message"] = e.Message })]),
            ["createdAt"] = Time(service.CreatedAt),
            ["placementConstraints"] = new JsonArray(),
            ["placementStrategy"] = new JsonArray(),
            ["schedulingStrategy"] = "REPLICA",
            ["deploymentController"] = new JsonObject { ["type"] = "ECS" },
            ["deploymentConfiguration"] = DeploymentConfiguration(service),
            ["enableECSManagedTags"] = service.Settings.Flag("enableECSManagedTags"),
            ["propagateTags"] = service.Settings.Text("propagateTags") ?? "NONE",
            ["enableExecuteCommand"] = false,
        };
        AddWhere(service, json);
        if (withTags) json["tags"] = service.Settings["tags"]?.DeepClone() ?? new JsonArray();
        return json;
    }

    private static JsonObject Of(ServiceRecord service, Deployment deployment, IReadOnlyList<TaskRecord> tasks)
    {
        var isPrimary = deployment == service.Primary;
        var own = tasks.Where(t => t.StartedBy == deployment.Id).ToList();
        var json = new JsonObject
        {
            ["id"] = deployment.Id,
            ["status"] = isPrimary ? "PRIMARY" : "ACTIVE",
            ["taskDefinition"] = deployment.DefinitionArn,
            ["desiredCount"] = isPrimary ? service.Wanted : 0,
            ["pendingCount"] = own.Count(t => !IsRunning(t)),
            ["runningCount"] = own.Count(IsRunning),
            ["failedTasks"] = deployment.FailedTasks,
            ["createdAt"] = Time(deployment.CreatedAt),
            ["updatedAt"] = Time(deployment.UpdatedAt),
            ["platformFamily"] = "Linux",
            ["rolloutState"] = deployment.RolloutState,
            ["rolloutStateReason"] = deployment.RolloutReason,
        };
        AddWhere(service, json);
        return json;
    }

    private static void AddWhere(ServiceRecord service, JsonObject json)
    {
        json["platformVersion"] = TaskJson.PlatformVersion;
        json["networkConfiguration"] = service.Settings["networkConfiguration"]?.DeepClone();
        if (service.Settings["capacityProviderStrategy"] is JsonArray { Count: > 0 } strategy)
        {
            json["capacityProviderStrategy"] = Numbered(strategy);
        }
        else json["launchType"] = "FARGATE";
    }

    // A template may write numbers as text, and leaves out what is 0.
    private static JsonArray Numbered(JsonArray strategy) =>
        new([.. strategy.OfType<JsonObject>().Select(i => new JsonObject
    {
        ["capacityProvider"] = i.Text("capacityProvider"),
        ["weight"] = i.Number("weight") ?? 0,
        ["base"] = i.Number("base") ?? 0,
    })]);

    private static JsonObject DeploymentConfiguration(ServiceRecord service) => new()
    {
        ["deploymentCircuitBreaker"] = new JsonObject
        {
            ["enable"] = service.CircuitBreaker.Flag("enable"),
            ["rollback"] = service.CircuitBreaker.Flag("rollback"),
        },
        ["maximumPercent"] = service.MaximumPercent,
        ["minimumHealthyPercent"] = service.MinimumHealthyPercent,
    };

    private static bool IsRunning(TaskRecord task) => task.LastStatus == TaskState.Running;

    private static JsonValue Time(DateTimeOffset at) => JsonValue.Create(EpochTime.Seconds(at));
}
