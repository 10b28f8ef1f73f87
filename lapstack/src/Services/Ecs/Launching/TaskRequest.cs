using System.Text.Json.Nodes;
using Lapstack.Services.Ecs.Clusters;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Launching;

/// <summary>A RunTask that passed every check.</summary>
/// <param name="Provider">Which capacity provider each task goes to, in order; null where a launch type was asked
/// for.</param>
/// <param name="Overrides">As given.</param>
/// <param name="Fingerprint">The same for two requests exactly when their parameters are.</param>
internal sealed record TaskRequest(
    Cluster Cluster,
    TaskDefinition Definition,
    int Count,
    IReadOnlyList<string?> Provider,
    JsonObject Overrides,
    int Cpu,
    int MemoryMiB,
    int StorageGiB,
    string SubnetId,
    string? StartedBy,
    string Group,
    JsonArray Tags,
    string? ClientToken,
    string Fingerprint)
{
    /// <summary>Why such tasks do not run here; null when they do.</summary>
    public string? Refusal { get; init; }

    public string? TaskRoleArn => Overrides.Text("taskRoleArn") ?? Definition.TaskRoleArn;

    public string? ExecutionRoleArn => Overrides.Text("executionRoleArn") ?? Definition.ExecutionRoleArn;
}
