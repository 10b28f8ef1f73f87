using Lapstack.Services.Ecs.Definitions;

namespace Lapstack.Services.Ecs.Engines;

/// <summary>All that one container of one task is given, whatever runs it. It holds secrets: never log it.</summary>
internal sealed record ContainerPlan
{
    public required string TaskId { get; init; }

    /// <summary>The task's family.</summary>
    public required string Family { get; init; }

    public required ContainerDefinition Definition { get; init; }

    /// <summary>With what the call that started the task changed; null: the image's.</summary>
    public required IReadOnlyList<string>? Command { get; init; }

    /// <summary>The definition's, files', secrets', override's and Fargate's variables, without the image's.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required IReadOnlyList<MountedFolder> Mounts { get; init; }

    /// <summary>CPU units of the whole task.</summary>
    public required int TaskCpu { get; init; }

    /// <summary>The container's own CPU units; 0 when it has none.</summary>
    public required int Cpu { get; init; }

    public required long MemoryBytes { get; init; }

    /// <summary>X86_64 or ARM64.</summary>
    public required string Architecture { get; init; }

    /// <summary>Takes the container's lines.</summary>
    public required Func<string, Task> OnLine { get; init; }

    public override string ToString() => $"{Definition.Name} of {TaskId}";
}
