using System.Text.Json;
using Amazon.Runtime.StandIn;

namespace Amazon.ECS.Model.Wire;

/// <summary>Responses from AWS JSON 1.1; unknown members are skipped.</summary>
internal static partial class Read
{
    public static RunTaskResponse RunTaskResponse(ref Utf8JsonReader json)
    {
        var response = new RunTaskResponse();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "failures": response.Failures = json.List(Failure); break;
                case "tasks": response.Tasks = json.List(Task); break;
                default: json.Skip(); break;
            }
        }
        return response;
    }

    public static StopTaskResponse StopTaskResponse(ref Utf8JsonReader json)
    {
        var response = new StopTaskResponse();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "task": response.Task = json.Object(Task); break;
                default: json.Skip(); break;
            }
        }
        return response;
    }

    public static DescribeTasksResponse DescribeTasksResponse(ref Utf8JsonReader json)
    {
        var response = new DescribeTasksResponse();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "failures": response.Failures = json.List(Failure); break;
                case "tasks": response.Tasks = json.List(Task); break;
                default: json.Skip(); break;
            }
        }
        return response;
    }

    public static ListTasksResponse ListTasksResponse(ref Utf8JsonReader json)
    {
        var response = new ListTasksResponse();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "nextToken": response.NextToken = json.GetString(); break;
                case "taskArns": response.TaskArns = json.Strings(); break;
                default: json.Skip(); break;
            }
        }
        return response;
    }

    public static DescribeTaskDefinitionResponse DescribeTaskDefinitionResponse(ref Utf8JsonReader json)
    {
        var response = new DescribeTaskDefinitionResponse();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "tags": response.Tags = json.List(Tag); break;
                case "taskDefinition": response.TaskDefinition = json.Object(TaskDefinition); break;
                default: json.Skip(); break;
            }
        }
        return response;
    }

    public static DescribeServicesResponse DescribeServicesResponse(ref Utf8JsonReader json)
    {
        var response = new DescribeServicesResponse();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "failures": response.Failures = json.List(Failure); break;
                case "services": response.Services = json.List(Service); break;
                default: json.Skip(); break;
            }
        }
        return response;
    }

    public static UpdateServiceResponse UpdateServiceResponse(ref Utf8JsonReader json)
    {
        var response = new UpdateServiceResponse();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "service": response.Service = Service(ref json); break;
                default: json.Skip(); break;
            }
        }
        return response;
    }

    public static UpdateTaskProtectionResponse UpdateTaskProtectionResponse(ref Utf8JsonReader json)
    {
        var response = new UpdateTaskProtectionResponse();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "failures": response.Failures = json.List(Failure); break;
                case "protectedTasks": response.ProtectedTasks = json.List(ProtectedTask); break;
                default: json.Skip(); break;
            }
        }
        return response;
    }

    public static Service Service(ref Utf8JsonReader json)
    {
        var it = new Service();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "clusterArn": it.ClusterArn = json.GetString(); break;
                case "desiredCount": it.DesiredCount = json.Int(); break;
                case "pendingCount": it.PendingCount = json.Int(); break;
                case "runningCount": it.RunningCount = json.Int(); break;
                case "serviceArn": it.ServiceArn = json.GetString(); break;
                case "serviceName": it.ServiceName = json.GetString(); break;
                case "status": it.Status = json.GetString(); break;
                case "taskDefinition": it.TaskDefinition = json.GetString(); break;
                default: json.Skip(); break;
            }
        }
        return it;
    }

    public static Failure Failure(ref Utf8JsonReader json)
    {
        var it = new Failure();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "arn": it.Arn = json.GetString(); break;
                case "detail": it.Detail = json.GetString(); break;
                case "reason": it.Reason = json.GetString(); break;
                default: json.Skip(); break;
            }
        }
        return it;
    }

    public static Task Task(ref Utf8JsonReader json)
    {
        var task = new Task();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "attachments": task.Attachments = json.List(Attachment); break;
                case "attributes": task.Attributes = json.List(Attribute); break;
                case "availabilityZone": task.AvailabilityZone = json.GetString(); break;
                case "capacityProviderName": task.CapacityProviderName = json.GetString(); break;
                case "clusterArn": task.ClusterArn = json.GetString(); break;
                case "connectivity": task.Connectivity = json.Constant(static text => new Connectivity(text)); break;
                case "connectivityAt": task.ConnectivityAt = json.Time(); break;
                case "containerInstanceArn": task.ContainerInstanceArn = json.GetString(); break;
                case "containers": task.Containers = json.List(Container); break;
                case "cpu": task.Cpu = json.GetString(); break;
                case "createdAt": task.CreatedAt = json.Time(); break;
                case "desiredStatus": task.DesiredStatus = json.GetString(); break;
                case "enableExecuteCommand": task.EnableExecuteCommand = json.Bool(); break;
                case "ephemeralStorage": task.EphemeralStorage = json.Object(EphemeralStorage); break;
                case "executionStoppedAt": task.ExecutionStoppedAt = json.Time(); break;
                case "fargateEphemeralStorage": task.FargateEphemeralStorage = json.Object(TaskEphemeralStorage); break;
                case "group": task.Group = json.GetString(); break;
                case "healthStatus": task.HealthStatus = json.Constant(static text => new HealthStatus(text)); break;
                case "lastStatus": task.LastStatus = json.GetString(); break;
                case "launchType": task.LaunchType = json.Constant(static text => new LaunchType(text)); break;
                case "memory": task.Memory = json.GetString(); break;
                case "overrides": task.Overrides = json.Object(TaskOverride); break;
                case "platformFamily": task.PlatformFamily = json.GetString(); break;
                case "platformVersion": task.PlatformVersion = json.GetString(); break;
                case "pullStartedAt": task.PullStartedAt = json.Time(); break;
                case "pullStoppedAt": task.PullStoppedAt = json.Time(); break;
                case "startedAt": task.StartedAt = json.Time(); break;
                case "startedBy": task.StartedBy = json.GetString(); break;
                case "stopCode": task.StopCode = json.Constant(static text => new TaskStopCode(text)); break;
                case "stoppedAt": task.StoppedAt = json.Time(); break;
                case "stoppedReason": task.StoppedReason = json.GetString(); break;
                case "stoppingAt": task.StoppingAt = json.Time(); break;
                case "tags": task.Tags = json.List(Tag); break;
                case "taskArn": task.TaskArn = json.GetString(); break;
                case "taskDefinitionArn": task.TaskDefinitionArn = json.GetString(); break;
                case "version": task.Version = json.Long(); break;
                default: json.Skip(); break;
            }
        }
        return task;
    }

    public static Tag Tag(ref Utf8JsonReader json)
    {
        var it = new Tag();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "key": it.Key = json.GetString(); break;
                case "value": it.Value = json.GetString(); break;
                default: json.Skip(); break;
            }
        }
        return it;
    }

    public static ProtectedTask ProtectedTask(ref Utf8JsonReader json)
    {
        var it = new ProtectedTask();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "expirationDate": it.ExpirationDate = json.Time(); break;
                case "protectionEnabled": it.ProtectionEnabled = json.Bool(); break;
                case "taskArn": it.TaskArn = json.GetString(); break;
                default: json.Skip(); break;
            }
        }
        return it;
    }

    public static Attachment Attachment(ref Utf8JsonReader json)
    {
        var it = new Attachment();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "details": it.Details = json.List(KeyValuePair); break;
                case "id": it.Id = json.GetString(); break;
                case "status": it.Status = json.GetString(); break;
                case "type": it.Type = json.GetString(); break;
                default: json.Skip(); break;
            }
        }
        return it;
    }

    public static Attribute Attribute(ref Utf8JsonReader json)
    {
        var it = new Attribute();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "name": it.Name = json.GetString(); break;
                case "targetId": it.TargetId = json.GetString(); break;
                case "targetType": it.TargetType = json.Constant(static text => new TargetType(text)); break;
                case "value": it.Value = json.GetString(); break;
                default: json.Skip(); break;
            }
        }
        return it;
    }

    public static Container Container(ref Utf8JsonReader json)
    {
        var container = new Container();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "containerArn": container.ContainerArn = json.GetString(); break;
                case "cpu": container.Cpu = json.GetString(); break;
                case "exitCode": container.ExitCode = json.Int(); break;
                case "healthStatus": container.HealthStatus = json.Constant(static text => new HealthStatus(text)); break;
                case "image": container.Image = json.GetString(); break;
                case "imageDigest": container.ImageDigest = json.GetString(); break;
                case "lastStatus": container.LastStatus = json.GetString(); break;
                case "managedAgents": container.ManagedAgents = json.List(ManagedAgent); break;
                case "memory": container.Memory = json.GetString(); break;
                case "memoryReservation": container.MemoryReservation = json.GetString(); break;
                case "name": container.Name = json.GetString(); break;
                case "networkInterfaces": container.NetworkInterfaces = json.List(NetworkInterface); break;
                case "reason": container.Reason = json.GetString(); break;
                case "runtimeId": container.RuntimeId = json.GetString(); break;
                case "taskArn": container.TaskArn = json.GetString(); break;
                default: json.Skip(); break;
            }
        }
        return container;
    }

    public static EphemeralStorage EphemeralStorage(ref Utf8JsonReader json)
    {
        var it = new EphemeralStorage();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "sizeInGiB": it.SizeInGiB = json.Int(); break;
                default: json.Skip(); break;
            }
        }
        return it;
    }

    public static TaskEphemeralStorage TaskEphemeralStorage(ref Utf8JsonReader json)
    {
        var it = new TaskEphemeralStorage();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "kmsKeyId": it.KmsKeyId = json.GetString(); break;
                case "sizeInGiB": it.SizeInGiB = json.Int(); break;
                default: json.Skip(); break;
            }
        }
        return it;
    }

    public static TaskOverride TaskOverride(ref Utf8JsonReader json)
    {
        var it = new TaskOverride();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "containerOverrides": it.ContainerOverrides = json.List(ContainerOverride); break;
                case "cpu": it.Cpu = json.GetString(); break;
                case "ephemeralStorage": it.EphemeralStorage = json.Object(EphemeralStorage); break;
                case "executionRoleArn": it.ExecutionRoleArn = json.GetString(); break;
                case "memory": it.Memory = json.GetString(); break;
                case "taskRoleArn": it.TaskRoleArn = json.GetString(); break;
                default: json.Skip(); break;
            }
        }
        return it;
    }

    public static KeyValuePair KeyValuePair(ref Utf8JsonReader json)
    {
        var it = new KeyValuePair();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "name": it.Name = json.GetString(); break;
                case "value": it.Value = json.GetString(); break;
                default: json.Skip(); break;
            }
        }
        return it;
    }

    public static ManagedAgent ManagedAgent(ref Utf8JsonReader json)
    {
        var it = new ManagedAgent();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "lastStartedAt": it.LastStartedAt = json.Time(); break;
                case "lastStatus": it.LastStatus = json.GetString(); break;
                case "name": it.Name = json.Constant(static text => new ManagedAgentName(text)); break;
                case "reason": it.Reason = json.GetString(); break;
                default: json.Skip(); break;
            }
        }
        return it;
    }

    public static NetworkInterface NetworkInterface(ref Utf8JsonReader json)
    {
        var it = new NetworkInterface();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "attachmentId": it.AttachmentId = json.GetString(); break;
                case "ipv6Address": it.Ipv6Address = json.GetString(); break;
                case "privateIpv4Address": it.PrivateIpv4Address = json.GetString(); break;
                default: json.Skip(); break;
            }
        }
        return it;
    }

    public static ContainerOverride ContainerOverride(ref Utf8JsonReader json)
    {
        var it = new ContainerOverride();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "command": it.Command = json.Strings(); break;
                case "cpu": it.Cpu = json.Int(); break;
                case "environment": it.Environment = json.List(KeyValuePair); break;
                case "memory": it.Memory = json.Int(); break;
                case "memoryReservation": it.MemoryReservation = json.Int(); break;
                case "name": it.Name = json.GetString(); break;
                default: json.Skip(); break;
            }
        }
        return it;
    }
}
