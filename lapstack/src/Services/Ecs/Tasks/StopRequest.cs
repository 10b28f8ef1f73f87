namespace Lapstack.Services.Ecs.Tasks;

/// <summary>Why a task is to end.</summary>
internal sealed record StopRequest(string Code, string? Reason);
