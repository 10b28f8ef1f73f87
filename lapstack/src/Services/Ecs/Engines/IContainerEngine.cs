using Lapstack.Services.Ecs.Definitions;

namespace Lapstack.Services.Ecs.Engines;

/// <summary>What runs containers: processes of this machine, or a container engine.</summary>
internal interface IContainerEngine
{
    ContainerMode Mode { get; }

    /// <summary>Why the image cannot run here, with the remedy; null when it can, as far as is known before it is
    /// pulled.</summary>
    string? Refusal(ContainerDefinition container);

    /// <summary>Ends what an emulator that was killed left of its containers.</summary>
    Task EndLeftoversAsync(CancellationToken cancellation);

    /// <summary>Has the image, and all else that can fail before something is started.</summary>
    /// <returns>What starts the container, once.</returns>
    /// <exception cref="ContainerStartException">The image cannot be had.</exception>
    Task<Func<CancellationToken, Task<IContainer>>> PrepareAsync(
        ContainerPlan plan, CancellationToken cancellation);
}
