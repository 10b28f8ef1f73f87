using Lapstack.Chaos;
using Lapstack.Ground;
using Lapstack.Processes;
using Lapstack.Wire;

namespace Lapstack;

/// <summary>What the emulator runs, and where.</summary>
public sealed record LapstackOptions
{
    /// <summary>
    /// The folder of the synthesized CDK app, usually <c>cdk.out</c>: manifest.json, templates and asset manifests.
    /// </summary>
    public required string CloudAssembly { get; init; }

    /// <summary>Which stack of the assembly; not needed when there is only one.</summary>
    public string? StackName { get; init; }

    /// <summary>Where everything that must survive a restart is kept. Created when absent.</summary>
    public required string StateFolder { get; init; }

    /// <summary>The loopback port; 0 takes any free one. Default 4566.</summary>
    public int Port { get; init; } = 4566;

    /// <summary>12 digits. Default 000000000000.</summary>
    public string AccountId { get; init; } = "000000000000";

    /// <summary>Default us-east-1.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>Default: the machine's, which never goes back and does not stand still in its sleep.</summary>
    public TimeProvider TimeProvider { get; init; } = new SteadyClock(TimeProvider.System);

    /// <summary>
    /// Called with each entry of the activity, from the first moment of the start (installing can take a while). Must
    /// return at once.
    /// </summary>
    public Action<ActivityEntry>? OnActivity { get; init; }

    /// <summary>
    /// Told of each authorized call before it is executed. Must be quick and safe to call from any thread.
    /// </summary>
    public Action<ApiCall>? OnCall { get; init; }

    /// <summary>
    /// The period in which target tracking looks at its metrics; a minute on AWS. Above zero. Tests shorten it.
    /// </summary>
    public TimeSpan ScalingPeriod { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Programs that are started to be debugged. Default none.</summary>
    public DebuggedPrograms Debugged { get; init; } = DebuggedPrograms.None;

    /// <summary>
    /// Variables that every function and every container gets, in the place of its own of the same names. Default none.
    /// </summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// A program such as <c>podman</c> or <c>docker</c>, which runs the containers of tasks. Default null: they are
    /// processes of this machine.
    /// </summary>
    public string? ContainerEngine { get; init; }

    /// <summary>
    /// Values of parameters and secrets by their names, such as .NET's user secrets; <c>NAME:key</c> is one member of a
    /// secret that is a JSON object. Each start gives them to what the template makes or refers to, in the place of
    /// other values. Default none.
    /// </summary>
    public IReadOnlyDictionary<string, string> UserSecrets { get; init; } = new Dictionary<string, string>();

    /// <summary>What goes wrong on purpose. Default nothing.</summary>
    public ChaosOptions Chaos { get; init; } = new();

    /// <summary>
    /// The source of every id, and of when chaos chaos. Give a seeded one for repeatable ids; used under a lock.
    /// </summary>
    public required Random Random { get; init; }
}
