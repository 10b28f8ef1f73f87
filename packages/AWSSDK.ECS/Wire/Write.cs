using System.Text.Json;
using Amazon.Runtime.StandIn;

namespace Amazon.ECS.Model.Wire;

/// <summary>Requests as AWS JSON 1.1; null members are left out.</summary>
internal static class Write
{
    public static void RunTaskRequest(Utf8JsonWriter json, RunTaskRequest it)
    {
        json.Member("capacityProviderStrategy", it.CapacityProviderStrategy, CapacityProviderStrategyItem);
        json.Member("clientToken", it.ClientToken ?? Guid.NewGuid().ToString());    // the idempotency trait
        json.Member("cluster", it.Cluster);
        json.Member("count", it.Count);
        json.Member("enableECSManagedTags", it.EnableECSManagedTags);
        json.Member("enableExecuteCommand", it.EnableExecuteCommand);
        json.Member("group", it.Group);
        json.Member("launchType", it.LaunchType);
        json.Member("networkConfiguration", it.NetworkConfiguration, NetworkConfiguration);
        json.Member("overrides", it.Overrides, TaskOverride);
        json.Member("platformVersion", it.PlatformVersion);
        json.Member("propagateTags", it.PropagateTags);
        json.Member("referenceId", it.ReferenceId);
        json.Member("startedBy", it.StartedBy);
        json.Member("tags", it.Tags, Tag);
        json.Member("taskDefinition", it.TaskDefinition);
    }

    public static void StopTaskRequest(Utf8JsonWriter json, StopTaskRequest it)
    {
        json.Member("cluster", it.Cluster);
        json.Member("reason", it.Reason);
        json.Member("task", it.Task);
    }

    public static void DescribeTasksRequest(Utf8JsonWriter json, DescribeTasksRequest it)
    {
        json.Member("cluster", it.Cluster);
        json.Member("include", it.Include);
        json.Member("tasks", it.Tasks);
    }

    public static void ListTasksRequest(Utf8JsonWriter json, ListTasksRequest it)
    {
        json.Member("cluster", it.Cluster);
        json.Member("containerInstance", it.ContainerInstance);
        json.Member("desiredStatus", it.DesiredStatus);
        json.Member("family", it.Family);
        json.Member("launchType", it.LaunchType);
        json.Member("maxResults", it.MaxResults);
        json.Member("nextToken", it.NextToken);
        json.Member("serviceName", it.ServiceName);
        json.Member("startedBy", it.StartedBy);
    }

    public static void DescribeTaskDefinitionRequest(Utf8JsonWriter json, DescribeTaskDefinitionRequest it)
    {
        json.Member("include", it.Include);
        json.Member("taskDefinition", it.TaskDefinition);
    }

    public static void DescribeServicesRequest(Utf8JsonWriter json, DescribeServicesRequest it)
    {
        json.Member("cluster", it.Cluster);
        json.Member("include", it.Include);
        json.Member("services", it.Services);
    }

    public static void UpdateServiceRequest(Utf8JsonWriter json, UpdateServiceRequest it)
    {
        json.Member("cluster", it.Cluster);
        json.Member("desiredCount", it.DesiredCount);
        json.Member("forceNewDeployment", it.ForceNewDeployment);
        json.Member("service", it.Service);
        json.Member("taskDefinition", it.TaskDefinition);
    }

    public static void UpdateTaskProtectionRequest(Utf8JsonWriter json, UpdateTaskProtectionRequest it)
    {
        json.Member("cluster", it.Cluster);
        json.Member("expiresInMinutes", it.ExpiresInMinutes);
        json.Member("protectionEnabled", it.ProtectionEnabled);
        json.Member("tasks", it.Tasks);
    }

    public static void CapacityProviderStrategyItem(Utf8JsonWriter json, CapacityProviderStrategyItem it)
    {
        json.Member("base", it.Base);
        json.Member("capacityProvider", it.CapacityProvider);
        json.Member("weight", it.Weight);
    }

    public static void NetworkConfiguration(Utf8JsonWriter json, NetworkConfiguration it)
    {
        json.Member("awsvpcConfiguration", it.AwsvpcConfiguration, AwsVpcConfiguration);
    }

    public static void TaskOverride(Utf8JsonWriter json, TaskOverride it)
    {
        json.Member("containerOverrides", it.ContainerOverrides, ContainerOverride);
        json.Member("cpu", it.Cpu);
        json.Member("ephemeralStorage", it.EphemeralStorage, EphemeralStorage);
        json.Member("executionRoleArn", it.ExecutionRoleArn);
        json.Member("memory", it.Memory);
        json.Member("taskRoleArn", it.TaskRoleArn);
    }

    public static void Tag(Utf8JsonWriter json, Tag it)
    {
        json.Member("key", it.Key);
        json.Member("value", it.Value);
    }

    public static void AwsVpcConfiguration(Utf8JsonWriter json, AwsVpcConfiguration it)
    {
        json.Member("assignPublicIp", it.AssignPublicIp);
        json.Member("securityGroups", it.SecurityGroups);
        json.Member("subnets", it.Subnets);
    }

    public static void ContainerOverride(Utf8JsonWriter json, ContainerOverride it)
    {
        json.Member("command", it.Command);
        json.Member("cpu", it.Cpu);
        json.Member("environment", it.Environment, KeyValuePair);
        json.Member("memory", it.Memory);
        json.Member("memoryReservation", it.MemoryReservation);
        json.Member("name", it.Name);
    }

    public static void EphemeralStorage(Utf8JsonWriter json, EphemeralStorage it)
    {
        json.Member("sizeInGiB", it.SizeInGiB);
    }

    public static void KeyValuePair(Utf8JsonWriter json, KeyValuePair it)
    {
        json.Member("name", it.Name);
        json.Member("value", it.Value);
    }
}
