using Lapstack.Chaos;
using Lapstack.Ground;
using Lapstack.Wire;

namespace Jobs.Local.Ground;

/// <summary>What a laptop runs, where, and what goes wrong on it.</summary>
public sealed record LaptopSettings
{
    /// <summary>Folder of the CDK app's <c>cdk.json</c>. Default null: the nearest.</summary>
    public string? App { get; init; }

    /// <summary>Folder of a synthesized CDK app, to be run as it is. Default null: the app is synthesized.</summary>
    public string? CloudAssembly { get; init; }

    /// <summary>
    /// Which stack of the app, by its name or its path behind its stages'. Default null: the only one.
    /// </summary>
    public string? StackName { get; init; }

    /// <summary>Folder for what the stack stores. Default: <c>.jobs/state</c> in the workspace.</summary>
    public string? State { get; init; }

    /// <summary>Whether what changes in the app's files is applied while it runs. Default true.</summary>
    public bool IsWatched { get; init; } = true;

    /// <summary>Loopback port; 0 for any free one. Default 0.</summary>
    public int Port { get; init; }

    /// <summary>Jobs and functions whose processes wait for a debugger. Default none.</summary>
    public IReadOnlyList<string> Debugged { get; init; } = [];

    /// <summary>
    /// Where functions and workers send their traces: a collector's URL for OTLP over HTTP. Default null: nowhere.
    /// </summary>
    public Uri? Otlp { get; init; }

    /// <summary>
    /// The program of a container engine, which runs the tasks' containers. Default null: they are processes.
    /// </summary>
    public string? ContainerEngine { get; init; }

    /// <summary>Default nothing.</summary>
    public ChaosOptions Chaos { get; init; } = new();

    /// <summary>
    /// The period in which services that follow a metric are scaled. Default a minute, as on AWS; tests shorten it.
    /// </summary>
    public TimeSpan ScalingPeriod { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Told of what happens from the first moment on; null for no listener.</summary>
    public Action<ActivityEntry>? OnActivity { get; init; }

    /// <summary>Told of each call of an AWS API; null for no listener.</summary>
    public Action<ApiCall>? OnCall { get; init; }
}
