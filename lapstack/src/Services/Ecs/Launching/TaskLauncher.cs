using System.Globalization;
using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Services.Ecs.Api;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Services.Ecs.Running;
using Lapstack.Services.Ecs.Tasks;
using Lapstack.Template;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Launching;

/// <summary>Turns a checked RunTask into tasks, once for each client token.</summary>
internal sealed class TaskLauncher(
    TaskHost host, TaskStore tasks, ClientTokens tokens, CloudAssembly assembly, IAuthorizer authorizer,
    Account account, Ids ids, TimeProvider clock)
{
    private readonly Lock _gate = new();

    /// <returns>The tasks, and whether they are those of an earlier call with the same token.</returns>
    /// <exception cref="ServiceError">ECS cannot assume a role of the task.</exception>
    public (IReadOnlyList<TaskRecord> Tasks, bool Repeated) Launch(TaskRequest request)
    {
        lock (_gate)
        {
            if (request.ClientToken is not null && tokens.Find(request) is { } earlier)
            {
                return ([.. earlier.Select(tasks.Find).OfType<TaskRecord>()], true);
            }

            var created = request.Provider.Select(provider => Create(request, provider)).ToList();
            if (created is [var first, ..]) CheckRoles(first);
            // The token first: a crash in between leaves a token without tasks, which counts as new, and never tasks
            // without a token.
            if (request.ClientToken is not null) tokens.Remember(request, [.. created.Select(t => t.Id)]);
            foreach (var task in created) host.Start(task);
            return (created, false);
        }
    }

    private void CheckRoles(TaskRecord task)
    {
        if (TaskRoles.RolesOf(task).FirstOrDefault(role => authorizer.Assume(task, role) is null) is not { } role)
            return;
        throw EcsErrors.Client(
            $"ECS was unable to assume the role '{role}' that was provided for this task. Please verify that the " +
            "role being passed has the proper trust relationship and permissions and that your IAM user has " +
            "permissions to pass this role.");
    }

    private TaskRecord Create(TaskRequest request, string? provider)
    {
        var id = ids.Hex(32);
        return new TaskRecord
        {
            Id = id,
            Arn = account.Arn("ecs", $"task/{request.Cluster.Name}/{id}"),
            ClusterArn = request.Cluster.Arn,
            DefinitionArn = request.Definition.Arn,
            Group = request.Group,
            LaunchType = provider is null ? "FARGATE" : null,
            CapacityProvider = provider,
            Cpu = request.Cpu,
            MemoryMiB = request.MemoryMiB,
            StorageGiB = request.StorageGiB,
            Overrides = Overrides(request),
            StartedBy = request.StartedBy,
            TaskRoleArn = request.TaskRoleArn,
            ExecutionRoleArn = request.ExecutionRoleArn,
            Architecture = request.Definition.Architecture,
            Tags = request.Tags.DeepClone().AsArray(),
            Network = new NetworkInterface(ids.Uuid(), $"eni-{ids.Hex(17)}", request.SubnetId, Mac()),
            Containers = [.. request.Definition.Containers.Select(c => Container(request, c, id))],
            CreatedAt = clock.GetUtcNow(),
        };
    }

    private ContainerRecord Container(TaskRequest request, ContainerDefinition container, string taskId) =>
        new(
            container.Name,
            account.Arn("ecs", $"container/{request.Cluster.Name}/{taskId}/{ids.Uuid()}"),
            container.Image,
            assembly.FindImage(container.Image) is { Tag.Length: 64 } asset ? $"sha256:{asset.Tag}" : null,
            SizeOverrides.CpuOf(request.Overrides, container).ToString(CultureInfo.InvariantCulture),
            SizeOverrides.MemoryOf(request.Overrides, container)?.ToString(CultureInfo.InvariantCulture))
        {
            IsEssential = container.Essential,
        };

    /// <summary>ECS gives back an entry for every container, also for those without an override.</summary>
    private static JsonObject Overrides(TaskRequest request)
    {
        var overrides = (JsonObject)request.Overrides.DeepClone();
        overrides["containerOverrides"] = new JsonArray([.. request.Definition.Containers.Select(c =>
            SizeOverrides.Of(request.Overrides, c.Name)?.DeepClone() ?? new JsonObject { ["name"] = c.Name })]);
        return overrides;
    }

    private string Mac() => "0a:" + string.Join(':', ids.Hex(10).Chunk(2).Select(pair => new string(pair)));
}
