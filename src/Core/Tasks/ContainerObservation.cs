namespace Jobs.Core.Tasks;

/// <param name="ExitCode">Null when the container never ran or its result was lost. Not success.</param>
/// <param name="Reason">Why the container stopped or could not start; null when ECS says nothing.</param>
public sealed record ContainerObservation(string Name, int? ExitCode, string? Reason);
