namespace Lapstack.Services.Ecs.Definitions;

/// <summary>What runs the containers of tasks.</summary>
internal enum ContainerMode
{
    /// <summary>Each is a process of this machine.</summary>
    Processes,

    /// <summary>Podman or Docker.</summary>
    Engine,
}
