using Jobs.Cli.Ground;

namespace Jobs.Cli.Ports;

/// <summary>What a stack rests on: who asks, AWS's clock, the tables, the programs on this machine.</summary>
internal interface ISurroundings
{
    /// <summary>Where calls go, for people.</summary>
    string Where { get; }

    /// <summary>It is a stack on this machine.</summary>
    bool IsLaptop { get; }

    /// <summary>ARN of the identity that the credentials are of.</summary>
    Task<string> IdentityAsync(CancellationToken cancellation);

    /// <summary>CloudFormation's status of the stack, such as UPDATE_COMPLETE.</summary>
    Task<string> StackStatusAsync(string stack, CancellationToken cancellation);

    /// <summary>By how much this machine's clock is ahead of AWS's; negative when it is behind.</summary>
    Task<TimeSpan> ClockSkewAsync(CancellationToken cancellation);

    /// <summary>What is not ready of a table, a sentence each; empty when all is.</summary>
    /// <param name="indexes">Names of the indexes that it must have.</param>
    Task<IReadOnlyList<string>> TableFaultsAsync(
        string table, IReadOnlyCollection<string> indexes, CancellationToken cancellation);

    /// <summary>
    /// Whether a bucket tells EventBridge of its uploads; null when there is none of this name in the stack's Region.
    /// </summary>
    Task<bool?> SendsEventsAsync(string bucket, CancellationToken cancellation);

    /// <summary>First line of what a program says of its version; null when it is not there.</summary>
    Task<string?> VersionOfAsync(string program, CancellationToken cancellation);

    /// <summary>
    /// The engine behind Docker, or behind what CDK_DOCKER names; null when there is no such program.
    /// </summary>
    Task<DockerEngine?> DockerEngineAsync(CancellationToken cancellation);

    /// <summary>Folder of the CDK app that is meant here, relative to the current one.</summary>
    /// <param name="named">As a person names it; null to search.</param>
    /// <exception cref="CliException">There is none, or several are equally near.</exception>
    string App(string? named);

    /// <summary>What the stack of an app needs that is synthesized in its folder; null when none is.</summary>
    /// <exception cref="CliException">It cannot be read.</exception>
    StackNeeds? Needs(string app);
}
