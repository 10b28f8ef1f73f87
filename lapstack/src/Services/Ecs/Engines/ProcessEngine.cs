using System.Globalization;
using Lapstack.Processes;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Template;

namespace Lapstack.Services.Ecs.Engines;

/// <summary>
/// Runs each container as a process of this machine: the program of an image that is built from a folder, with the
/// image's paths mapped to that folder, and the paths of volumes to theirs.
/// </summary>
internal sealed class ProcessEngine(
    CloudAssembly assembly,
    ImageFolders folders,
    DebuggedPrograms debugged,
    ProcessLedger ledger,
    TimeProvider clock) : IContainerEngine
{
    /// <summary>.NET keeps its heap below this share of the limit, so that it collects before it is killed.</summary>
    private const double HeapShare = 0.9;

    public ContainerMode Mode => ContainerMode.Processes;

    public string? Refusal(ContainerDefinition container)
    {
        try
        {
            _ = ImageOf(container);
            return null;
        }
        catch (ContainerStartException cannot)
        {
            return cannot.Message;
        }
    }

    /// <summary>Their processes are in the ledger, and ended with it.</summary>
    public Task EndLeftoversAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task<Func<CancellationToken, Task<IContainer>>> PrepareAsync(
        ContainerPlan plan, CancellationToken cancellation)
    {
        var start = Describe(plan);
        return Task.FromResult<Func<CancellationToken, Task<IContainer>>>(
            _ => Task.FromResult<IContainer>(Start(plan, start)));
    }

    private ProcessContainer Start(ContainerPlan plan, ChildProcessStart start)
    {
        try
        {
            return new ProcessContainer(ChildProcess.Start(start, ledger, clock), start, ledger, clock);
        }
        catch (ProgramNotFoundException missing)
        {
            throw new ContainerStartException(
                $"CannotStartContainerError: container {plan.Definition.Name}: {missing.Message}");
        }
    }

    private ChildProcessStart Describe(ContainerPlan plan)
    {
        var container = plan.Definition;
        var image = ImageOf(container);
        string ToLocal(string text) => image.ToLocal(Mounted(plan, text));
        var command = (container.EntryPoint ?? image.EntryPoint)
            .Concat(plan.Command ?? (container.EntryPoint is null ? image.Command : []))
            .Select(ToLocal).ToList();
        if (command.Count == 0)
        {
            throw new ContainerStartException(
                $"CannotStartContainerError: container {container.Name} has no ENTRYPOINT and no command.");
        }

        return new ChildProcessStart
        {
            FileName = command[0],
            Arguments = command[1..],
            WorkingDirectory = ToLocal(container.WorkingDirectory ?? image.WorkingDirectory),
            Environment = Variables(plan, image),
            OnLine = plan.OnLine,
            MemoryLimitBytes = plan.MemoryBytes,
        };
    }

    private Dictionary<string, string> Variables(ContainerPlan plan, ContainerImage image)
    {
        var variables = HostEnvironment.Minimal();
        variables["DOTNET_GCHeapHardLimit"] =
            ((long)(plan.MemoryBytes * HeapShare)).ToString("X", CultureInfo.InvariantCulture);
        foreach (var (name, value) in image.Environment) variables[name] = Mounted(plan, value);
        foreach (var (name, value) in plan.Environment) variables[name] = Mounted(plan, value);
        if (debugged.HasTask(plan.Family)) debugged.AddTo(variables);
        return variables;
    }

    private ContainerImage ImageOf(ContainerDefinition container)
    {
        var asset = assembly.FindImage(container.Image) ?? throw new ContainerStartException(
            $"CannotPullContainerError: {container.Image} is an image from a registry, and takes a container engine. " +
            "Start with --containers.");
        return Dockerfile.Read(Path.Combine(folders.FolderOf(asset), asset.DockerFile));
    }

    /// <summary>A path in a volume becomes the path in the volume's folder; the innermost volume counts.</summary>
    private static string Mounted(ContainerPlan plan, string text)
    {
        var mount = plan.Mounts
            .Where(m => text == m.Path || text.StartsWith($"{m.Path}/", StringComparison.Ordinal))
            .MaxBy(m => m.Path.Length);
        return mount is null ? text : mount.Folder + text[mount.Path.Length..];
    }
}
