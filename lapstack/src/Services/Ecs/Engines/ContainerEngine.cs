using System.Security.Cryptography;
using System.Text;
using Lapstack.Processes;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.State;
using Lapstack.Template;

namespace Lapstack.Services.Ecs.Engines;

/// <summary>Runs each container in Podman or Docker.</summary>
internal sealed class ContainerEngine : IContainerEngine
{
    private readonly EngineProgram _engine;
    private readonly EngineImages _images;

    /// <summary>By which an emulator knows its containers again: those of one state folder.</summary>
    private readonly string _label;

    public ContainerEngine(
        EngineProgram engine, CloudAssembly assembly, ImageFolders folders, StateFolder state)
    {
        _engine = engine;
        _images = new EngineImages(engine, assembly, folders);
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(state.Path));
        _label = $"lapstack={Convert.ToHexStringLower(digest)[..16]}";
    }

    public ContainerMode Mode => ContainerMode.Engine;

    public string? Refusal(ContainerDefinition container) => null;

    public async Task EndLeftoversAsync(CancellationToken cancellation)
    {
        try
        {
            var answer = await _engine.RunAsync(["ps", "--all", "--quiet", "--filter", $"label={_label}"]);
            var ids = answer.Lines.Where(line => line.Length > 0 && line.All(char.IsAsciiHexDigitLower)).ToList();
            if (answer.Code == 0 && ids.Count > 0) await _engine.RunAsync(["rm", "--force", "--volumes", .. ids]);
        }
        catch (ContainerStartException)
        {
            // Without an engine nothing is left, and each task says that there is none.
        }
    }

    public async Task<Func<CancellationToken, Task<IContainer>>> PrepareAsync(
        ContainerPlan plan, CancellationToken cancellation)
    {
        var image = await _images.EnsureAsync(plan.Definition, plan.Architecture).WaitAsync(cancellation);
        return starting => StartAsync(plan, image, starting);
    }

    private async Task<IContainer> StartAsync(ContainerPlan plan, string image, CancellationToken cancellation)
    {
        var name = $"lapstack-{plan.TaskId}-{plan.Definition.Name}";
        var created = await _engine.RunAsync(
            EngineArguments.Create(plan, name, _label, image), EngineArguments.Variables(plan));
        if (created.Code != 0)
        {
            throw new ContainerStartException(
                $"CannotCreateContainerError: container {plan.Definition.Name}: {created.LastLine}");
        }

        var container = new EngineContainer(name, plan, _engine);
        if (await container.StartAsync() is { } fault)
        {
            throw new ContainerStartException(
                $"CannotStartContainerError: container {plan.Definition.Name}: {fault}");
        }

        if (!cancellation.IsCancellationRequested) return container;
        await container.KillAsync();
        throw new OperationCanceledException(cancellation);
    }
}
