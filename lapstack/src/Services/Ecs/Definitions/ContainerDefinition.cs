using System.Text.Json.Nodes;
using Lapstack.Services.Ecs.Api;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Definitions;

/// <summary>What running one container takes, read from its definition as the API spells it.</summary>
internal sealed record ContainerDefinition
{
    public required string Name { get; init; }

    public required string Image { get; init; }

    public required bool Essential { get; init; }

    /// <summary>The container's own share of CPU units; 0 when it has none.</summary>
    public int Cpu { get; init; }

    /// <summary>The container's own hard limit; null: the task's.</summary>
    public int? MemoryMiB { get; init; }

    /// <summary>Null: the image's.</summary>
    public IReadOnlyList<string>? EntryPoint { get; init; }

    /// <summary>Null: the image's.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Null: the image's.</summary>
    public string? WorkingDirectory { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The ARNs of S3 objects with variables.</summary>
    public required IReadOnlyList<string> EnvironmentFiles { get; init; }

    /// <summary>Where the values of variables come from, by the variables' names.</summary>
    public required IReadOnlyDictionary<string, string> Secrets { get; init; }

    public required IReadOnlyList<MountPoint> Mounts { get; init; }

    public required IReadOnlyList<ContainerDependency> DependsOn { get; init; }

    /// <summary>Null: its health is unknown.</summary>
    public HealthCheck? HealthCheck { get; init; }

    /// <summary>How long others wait for what they depend on of this container; default three minutes.</summary>
    public required TimeSpan StartTimeout { get; init; }

    /// <summary>Between SIGTERM and SIGKILL; default 30 seconds, at most 120.</summary>
    public required TimeSpan StopTimeout { get; init; }

    /// <summary>Null: its output is not kept.</summary>
    public AwsLogs? Logs { get; init; }

    /// <summary>What only a container engine can do.</summary>
    public required EngineSettings Engine { get; init; }

    public static ContainerDefinition Read(JsonObject json) => new()
    {
        Name = json.Text("name") ?? throw EcsErrors.Client("A container needs a name."),
        Image = json.Text("image") ?? throw EcsErrors.Client("A container needs an image."),
        Essential = json.Flag("essential", otherwise: true),
        Cpu = json.Number("cpu") ?? 0,
        MemoryMiB = json.Number("memory"),
        EntryPoint = json.Texts("entryPoint"),
        Command = json.Texts("command"),
        WorkingDirectory = json.Text("workingDirectory"),
        Environment = json.Pairs("environment"),
        EnvironmentFiles = [.. json.Structures("environmentFiles").Select(f => f.Text("value") ?? "")],
        Secrets = json.Pairs("secrets", "valueFrom"),
        Mounts = [.. json.Structures("mountPoints").Select(MountPoint.Read)],
        DependsOn = [.. json.Structures("dependsOn").Select(d =>
            new ContainerDependency(d.Text("containerName") ?? "", d.Text("condition") ?? ""))],
        HealthCheck = HealthCheck.Read(json.Structure("healthCheck")),
        StartTimeout = TimeSpan.FromSeconds(json.Number("startTimeout") ?? 180),
        StopTimeout = TimeSpan.FromSeconds(json.Number("stopTimeout") ?? 30),
        Logs = AwsLogs.Read(json.Structure("logConfiguration")),
        Engine = EngineSettings.Read(json),
    };
}
