using System.Text.Json.Nodes;
using Lapstack.Services.Ecs.Api;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Definitions;

/// <summary>What running one container takes, read from its definition as the API spells it.</summary>
/// <param name="Cpu">The container's own share of CPU units; 0 when it has none.</param>
/// <param name="MemoryMiB">The container's own hard limit; null: the task's.</param>
/// <param name="EntryPoint">Null: the image's.</param>
/// <param name="Command">Null: the image's.</param>
/// <param name="Mounts">The paths at which volumes are mounted.</param>
/// <param name="EnvironmentFiles">The ARNs of S3 objects with variables.</param>
/// <param name="StopTimeout">Between SIGTERM and SIGKILL; default 30 seconds, at most 120.</param>
internal sealed record ContainerDefinition(
    string Name,
    string Image,
    bool Essential,
    int Cpu,
    int? MemoryMiB,
    IReadOnlyList<string>? EntryPoint,
    IReadOnlyList<string>? Command,
    string? WorkingDirectory,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyDictionary<string, string> Secrets,
    IReadOnlyList<ContainerDependency> DependsOn,
    TimeSpan StopTimeout,
    AwsLogs? Logs,
    IReadOnlyList<string> Mounts,
    IReadOnlyList<string> EnvironmentFiles)
{
    public static ContainerDefinition Read(JsonObject json) => new(
        json.Text("name") ?? throw EcsErrors.Client("A container needs a name."),
        json.Text("image") ?? throw EcsErrors.Client("A container needs an image."),
        json.Flag("essential", otherwise: true),
        json.Number("cpu") ?? 0,
        json.Number("memory"),
        json.Texts("entryPoint"),
        json.Texts("command"),
        json.Text("workingDirectory"),
        json.Pairs("environment"),
        json.Pairs("secrets", "valueFrom"),
        [.. json.Structures("dependsOn").Select(d =>
            new ContainerDependency(d.Text("containerName") ?? "", d.Text("condition") ?? ""))],
        TimeSpan.FromSeconds(json.Number("stopTimeout") ?? 30),
        AwsLogs.Read(json.Structure("logConfiguration")),
        [.. json.Structures("mountPoints").Select(m => m.Text("containerPath") ?? "")],
        [.. json.Structures("environmentFiles").Select(f => f.Text("value") ?? "")]);
}
