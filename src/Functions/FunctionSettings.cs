using System.Globalization;
using Jobs.Aws.Ecs;
using Jobs.Core;
using Jobs.Core.Composition;
using Jobs.Core.Dispatch;
using Jobs.Core.Metrics;

namespace Jobs.Functions;

/// <summary>What the stack tells the functions, from their environment.</summary>
public sealed record FunctionSettings
{
    public string Stack { get; } = Required(EnvironmentNames.Stack);

    public string RunsTable { get; } = Required(EnvironmentNames.RunsTable);

    public string ResultsTable { get; } = Required(EnvironmentNames.ResultsTable);

    public string AlertTopic { get; } = Required(EnvironmentNames.AlertTopic);

    /// <summary>Null where no job has a recipient who hears of successes.</summary>
    public string? SuccessTopic { get; } =
        Environment.GetEnvironmentVariable(EnvironmentNames.SuccessTopic) is { Length: > 0 } topic ? topic : null;

    /// <summary>Chat channels are subscribed to the alert topic.</summary>
    public bool HasChat { get; } = Environment.GetEnvironmentVariable(EnvironmentNames.Chat) is { Length: > 0 };

    /// <summary>Which metrics are written: one of <see cref="MetricsText"/>; null for those of the stack.</summary>
    public string? Metrics { get; } = Environment.GetEnvironmentVariable(EnvironmentNames.Metrics);

    public string Region { get; } = Required("AWS_REGION");

    public string ClusterArn { get; } = Required(EnvironmentNames.Cluster);

    public StackInfo StackInfo => new(Stack, Region, ClusterArn[(ClusterArn.LastIndexOf('/') + 1)..]);

    public EcsSettings Ecs => new(
        Stack,
        ClusterArn,
        Required(EnvironmentNames.Subnets).Split(','),
        Required(EnvironmentNames.SecurityGroups).Split(','),
        Required(EnvironmentNames.AssignPublicIp));

    public DispatchSettings Dispatch { get; } = new()
    {
        LaunchBurst = int.Parse(Required(EnvironmentNames.LaunchBurst), CultureInfo.InvariantCulture),
        LaunchesPerSecond = double.Parse(Required(EnvironmentNames.LaunchesPerSecond), CultureInfo.InvariantCulture),
    };

    public ControlPlaneSettings ControlPlane =>
        new(StackInfo) { Dispatch = Dispatch, CpuLimit = CpuLimit, Sleeps = Sleeps };

    /// <summary>CPU units that all attempts may use at once, 1,024 to the vCPU; null for no limit.</summary>
    public int? CpuLimit { get; } = Environment.GetEnvironmentVariable(
        EnvironmentNames.MaxVcpus) is { Length: > 0 } vcpus
        ? 1_024 * int.Parse(vcpus, CultureInfo.InvariantCulture)
        : null;

    /// <summary>
    /// The functions run on a laptop, which sleeps and is switched off: only there AWS has another address.
    /// </summary>
    public bool Sleeps { get; } = Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL") is { Length: > 0 };

    /// <exception cref="InvalidOperationException">A variable is not set.</exception>
    public static string Required(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException(
            $"The environment variable {name} is not set. The stack sets it on every function: deploy the stack again.");
}
