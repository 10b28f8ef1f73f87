using System.Globalization;
using Lapstack.Processes;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Services.Ecs.Tasks;
using Lapstack.Template;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Running;

/// <summary>Turns a container's definition, its image and its override into a program to run.</summary>
internal sealed class ContainerProgram(
    CloudAssembly assembly, ImageFolders folders, EcsEnvironment environment, DebuggedPrograms debugged)
{
    /// <summary>.NET keeps its heap below this share of the limit, so that it collects before it is killed.</summary>
    private const double HeapShare = 0.9;

    /// <exception cref="ContainerStartException">The image, a secret or a mount cannot be had here.</exception>
    public ChildProcessStart Prepare(
        TaskRecord task, ContainerDefinition container, TaskCredentials credentials, Func<string, Task> onLine)
    {
        var image = ImageOf(container);
        CheckLocal(container);
        var limit = (SizeOverrides.MemoryOf(task.Overrides, container) ?? task.MemoryMiB) * 1024L * 1024L;
        var variables = Variables(task, container, image, limit);
        environment.AddTo(variables, task, container, credentials);
        if (debugged.HasTask(task.Family)) debugged.AddTo(variables);
        var change = SizeOverrides.Of(task.Overrides, container.Name);
        var command = (container.EntryPoint ?? image.EntryPoint)
            .Concat(
                change?.Texts("command") ?? container.Command ?? (container.EntryPoint is null ? image.Command : []))
            .Select(image.ToLocal).ToList();
        if (command.Count == 0)
        {
            throw new ContainerStartException(
                $"CannotStartContainerError: container {container.Name} has no ENTRYPOINT and no command.");
        }

        return new ChildProcessStart
        {
            FileName = command[0],
            Arguments = command[1..],
            WorkingDirectory = image.ToLocal(container.WorkingDirectory ?? image.WorkingDirectory),
            Environment = variables,
            OnLine = onLine,
            MemoryLimitBytes = limit,
        };
    }

    public string? DigestOf(string image) =>
        assembly.FindImage(image) is { Tag.Length: 64 } asset ? $"sha256:{asset.Tag}" : null;

    private ContainerImage ImageOf(ContainerDefinition container)
    {
        var asset = assembly.FindImage(container.Image) ?? throw new ContainerStartException(
            $"CannotPullContainerError: {container.Image} is an image from a registry, and the local emulator runs " +
            "no container engine. "
            + "Use an image asset (ContainerImage.FromAsset), or leave this container out of the local stack.");
        return Dockerfile.Read(Path.Combine(folders.FolderOf(asset), asset.DockerFile));
    }

    /// <summary>What a plain process cannot be given. /tmp is there without a volume.</summary>
    private static void CheckLocal(ContainerDefinition container)
    {
        if (container.Secrets.Count > 0)
            throw new ContainerStartException(
                $"ResourceInitializationError: container {container.Name} takes " +
                $"{string.Join(", ", container.Secrets.Keys)} from Secrets Manager or SSM, "
                + "which the local emulator does not have. Use a plain variable in the local stack.");
        if (container.EnvironmentFiles.Count > 0)
            throw new ContainerStartException(
                $"ResourceInitializationError: container {container.Name} takes variables from " +
                $"{string.Join(", ", container.EnvironmentFiles)}, "
                + "and the local emulator reads no environment files. Use plain variables in the local stack.");
        if (container.Mounts.Where(path => path != "/tmp").ToList() is { Count: > 0 } mounts)
            throw new ContainerStartException(
                $"CannotStartContainerError: container {container.Name} mounts {string.Join(", ", mounts)}, and the " +
                "local emulator runs containers "
                + "as plain processes without volumes. Use a folder below /tmp in the local stack.");
    }

    private static Dictionary<string, string> Variables(
        TaskRecord task, ContainerDefinition container, ContainerImage image, long limit)
    {
        var variables = HostEnvironment.Minimal();
        variables["DOTNET_GCHeapHardLimit"] = ((long)(limit * HeapShare)).ToString("X", CultureInfo.InvariantCulture);
        foreach (var (name, value) in image.Environment) variables[name] = value;
        foreach (var (name, value) in container.Environment) variables[name] = value;
        if (SizeOverrides.Of(task.Overrides, container.Name) is { } change)
            foreach (var (name, value) in change.Pairs("environment")) variables[name] = value;
        return variables;
    }
}
