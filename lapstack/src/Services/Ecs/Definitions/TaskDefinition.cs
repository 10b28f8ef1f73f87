using System.Text.Json.Nodes;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Definitions;

/// <summary>One revision of a task definition.</summary>
/// <param name="Json">As the API spells it: what was registered, with family, revision, ARN and status.</param>
internal sealed record TaskDefinition(
    string Arn, string Family, int Revision, DateTimeOffset RegisteredAt, JsonObject Json)
{
    public int Cpu => Json.Number("cpu")!.Value;

    public int MemoryMiB => Json.Number("memory")!.Value;

    public int StorageGiB => Json.Structure("ephemeralStorage").Number("sizeInGiB") ?? FargateSizes.IncludedStorageGiB;

    public string? TaskRoleArn => Json.Text("taskRoleArn");

    public string? ExecutionRoleArn => Json.Text("executionRoleArn");

    public string Architecture => Json.Structure("runtimePlatform").Text("cpuArchitecture") ?? "X86_64";

    public IReadOnlyList<ContainerDefinition> Containers =>
        [.. Json.Structures("containerDefinitions").Select(ContainerDefinition.Read)];

    public IReadOnlyList<Volume> Volumes => [.. Json.Structures("volumes").Select(Volume.Read)];

    public JsonArray Tags => Json["tags"]?.DeepClone().AsArray() ?? [];

    public string FullName => $"{Family}:{Revision}";
}
