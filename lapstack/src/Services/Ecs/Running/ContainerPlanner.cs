using Lapstack.Services.Ecs.Definitions;
using Lapstack.Services.Ecs.Engines;
using Lapstack.Services.Ecs.Tasks;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Running;

/// <summary>Puts together what a container of a task is given.</summary>
internal sealed class ContainerPlanner(EcsEnvironment environment, ContainerVariables variables)
{
    /// <param name="folders">The folders of the task's volumes, by the volumes' names.</param>
    /// <exception cref="ContainerStartException">A variable's value cannot be read.</exception>
    public async Task<ContainerPlan> PlanAsync(
        TaskRecord task,
        ContainerDefinition container,
        TaskCredentials credentials,
        IReadOnlyDictionary<string, string> folders,
        Func<string, Task> onLine,
        CancellationToken cancellation)
    {
        var given = await variables.ReadAsync(task, container, cancellation);
        environment.AddTo(given, task, container, credentials);
        return new ContainerPlan
        {
            TaskId = task.Id,
            Family = task.Family,
            Definition = container,
            Command = SizeOverrides.Of(task.Overrides, container.Name)?.Texts("command") ?? container.Command,
            Environment = given,
            Mounts = [.. container.Mounts.Select(m => new MountedFolder(folders[m.Volume], m.Path, m.IsReadOnly))],
            TaskCpu = task.Cpu,
            Cpu = SizeOverrides.CpuOf(task.Overrides, container),
            MemoryBytes = (SizeOverrides.MemoryOf(task.Overrides, container) ?? task.MemoryMiB) * 1024L * 1024L,
            Architecture = task.Architecture,
            OnLine = onLine,
        };
    }
}
