using Jobs.Core.Engine;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Sizes;

namespace Jobs.Tests.Simulation.Models;

/// <summary>A task as ECS has it.</summary>
internal sealed class EcsTask(string arn, Launch launch, DateTimeOffset createdAt)
{
    public string Arn { get; } = arn;

    public Launch Launch { get; } = launch;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public required int TimeoutMinutes { get; init; }

    public required int StopTimeoutSeconds { get; init; }

    public required TaskSize Size { get; init; }

    /// <summary>It runs our host, not an image without .NET code.</summary>
    public required bool HasHost { get; init; }

    public TaskScript Script { get; set; } = null!;

    public Worker? Worker { get; set; }

    public DateTimeOffset? RunningAt { get; set; }

    public DateTimeOffset? StoppingAt { get; set; }

    public DateTimeOffset? StoppedAt { get; set; }

    /// <summary>ECS has lost it without a word.</summary>
    public DateTimeOffset? VanishedAt { get; set; }

    /// <summary>Its run names it, or its worker's claim does.</summary>
    public bool IsKnown { get; set; }

    public string? StopCode { get; set; }

    public string? StoppedReason { get; set; }

    public int? ExitCode { get; set; }

    public string? ContainerReason { get; set; }

    public EndCause? Cause { get; set; }

    public RunId Run => Launch.Id.Run;

    public bool IsAlive => StoppedAt is null && VanishedAt is null;

    public override string ToString() => Arn[(Arn.LastIndexOf('/') + 1)..];
}
