using System.Text.Json;
using Amazon.Runtime.StandIn;

namespace Amazon.ECS.Model.Wire;

/// <summary>Task definitions and what only they contain.</summary>
internal static partial class Read
{
    public static TaskDefinition TaskDefinition(ref Utf8JsonReader json)
    {
        var definition = new TaskDefinition();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "compatibilities": definition.Compatibilities = json.Strings(); break;
                case "containerDefinitions": definition.ContainerDefinitions = json.List(ContainerDefinition); break;
                case "cpu": definition.Cpu = json.GetString(); break;
                case "deleteRequestedAt": definition.DeleteRequestedAt = json.Time(); break;
                case "deregisteredAt": definition.DeregisteredAt = json.Time(); break;
                case "ephemeralStorage": definition.EphemeralStorage = json.Object(EphemeralStorage); break;
                case "executionRoleArn": definition.ExecutionRoleArn = json.GetString(); break;
                case "family": definition.Family = json.GetString(); break;
                case "memory": definition.Memory = json.GetString(); break;
                case "networkMode": definition.NetworkMode = json.Constant(static text => new NetworkMode(text)); break;
                case "registeredAt": definition.RegisteredAt = json.Time(); break;
                case "registeredBy": definition.RegisteredBy = json.GetString(); break;
                case "requiresAttributes": definition.RequiresAttributes = json.List(Attribute); break;
                case "requiresCompatibilities": definition.RequiresCompatibilities = json.Strings(); break;
                case "revision": definition.Revision = json.Int(); break;
                case "runtimePlatform": definition.RuntimePlatform = json.Object(RuntimePlatform); break;
                case "status": definition.Status = json.Constant(static text => new TaskDefinitionStatus(text)); break;
                case "taskDefinitionArn": definition.TaskDefinitionArn = json.GetString(); break;
                case "taskRoleArn": definition.TaskRoleArn = json.GetString(); break;
                default: json.Skip(); break;
            }
        }
        return definition;
    }

    public static ContainerDefinition ContainerDefinition(ref Utf8JsonReader json)
    {
        var container = new ContainerDefinition();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "command": container.Command = json.Strings(); break;
                case "cpu": container.Cpu = json.Int(); break;
                case "dockerLabels": container.DockerLabels = json.StringMap(); break;
                case "entryPoint": container.EntryPoint = json.Strings(); break;
                case "environment": container.Environment = json.List(KeyValuePair); break;
                case "essential": container.Essential = json.Bool(); break;
                case "image": container.Image = json.GetString(); break;
                case "logConfiguration": container.LogConfiguration = json.Object(LogConfiguration); break;
                case "memory": container.Memory = json.Int(); break;
                case "memoryReservation": container.MemoryReservation = json.Int(); break;
                case "name": container.Name = json.GetString(); break;
                case "readonlyRootFilesystem": container.ReadonlyRootFilesystem = json.Bool(); break;
                case "secrets": container.Secrets = json.List(Secret); break;
                case "startTimeout": container.StartTimeout = json.Int(); break;
                case "stopTimeout": container.StopTimeout = json.Int(); break;
                case "user": container.User = json.GetString(); break;
                case "workingDirectory": container.WorkingDirectory = json.GetString(); break;
                default: json.Skip(); break;
            }
        }
        return container;
    }

    public static RuntimePlatform RuntimePlatform(ref Utf8JsonReader json)
    {
        var it = new RuntimePlatform();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "cpuArchitecture": it.CpuArchitecture = json.Constant(static text => new CPUArchitecture(text)); break;
                case "operatingSystemFamily": it.OperatingSystemFamily = json.Constant(static text => new OSFamily(text)); break;
                default: json.Skip(); break;
            }
        }
        return it;
    }

    public static Secret Secret(ref Utf8JsonReader json)
    {
        var it = new Secret();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "name": it.Name = json.GetString(); break;
                case "valueFrom": it.ValueFrom = json.GetString(); break;
                default: json.Skip(); break;
            }
        }
        return it;
    }

    public static LogConfiguration LogConfiguration(ref Utf8JsonReader json)
    {
        var it = new LogConfiguration();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "logDriver": it.LogDriver = json.Constant(static text => new LogDriver(text)); break;
                case "options": it.Options = json.StringMap(); break;
                case "secretOptions": it.SecretOptions = json.List(Secret); break;
                default: json.Skip(); break;
            }
        }
        return it;
    }
}
