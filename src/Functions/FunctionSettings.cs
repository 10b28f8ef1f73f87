using Jobs.Aws.Ecs;
using Jobs.Core;

namespace Jobs.Functions;

/// <summary>What the stack tells the functions, from their environment.</summary>
public sealed record FunctionSettings
{
    public string Stack { get; } = Required(EnvironmentNames.Stack);

    public string RunsTable { get; } = Required(EnvironmentNames.RunsTable);

    public string ResultsTable { get; } = Required(EnvironmentNames.ResultsTable);

    public string AlertTopic { get; } = Required(EnvironmentNames.AlertTopic);

    public string Region { get; } = Required("AWS_REGION");

    public string ClusterArn { get; } = Required(EnvironmentNames.Cluster);

    public StackInfo StackInfo => new(Stack, Region, ClusterArn[(ClusterArn.LastIndexOf('/') + 1)..]);

    public EcsSettings Ecs => new(
        Stack,
        ClusterArn,
        Required(EnvironmentNames.Subnets).Split(','),
        Required(EnvironmentNames.SecurityGroups).Split(','),
        Required(EnvironmentNames.AssignPublicIp));

    /// <exception cref="InvalidOperationException">A variable is not set.</exception>
    public static string Required(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"The environment variable {name} is not set. The stack sets it on every function: deploy the stack again.");
}
