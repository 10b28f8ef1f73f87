namespace Lapstack.Services.Ecs.Engines;

/// <summary>
/// Why a container cannot be started. The message begins with ECS's error name: <c>CannotPullContainerError: …</c>.
/// </summary>
internal sealed class ContainerStartException(string message) : Exception(message);
