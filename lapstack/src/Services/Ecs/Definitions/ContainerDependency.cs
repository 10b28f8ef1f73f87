namespace Lapstack.Services.Ecs.Definitions;

/// <summary>What must have happened to another container before this one is started.</summary>
/// <param name="Condition">START, COMPLETE, SUCCESS or HEALTHY.</param>
internal sealed record ContainerDependency(string Container, string Condition);
