namespace Lapstack.Services.Ecs.Scheduling;

/// <summary>What the scheduler did, in ECS's words.</summary>
internal sealed record ServiceEvent(string Id, DateTimeOffset At, string Message);
