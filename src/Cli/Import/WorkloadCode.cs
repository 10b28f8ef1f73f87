namespace Jobs.Cli.Import;

/// <summary>What a workload becomes in one environment.</summary>
internal sealed class WorkloadCode
{
    /// <summary>Of JobDefinition.</summary>
    public Section Definition { get; } = new();

    /// <summary>Of JobProps.</summary>
    public Section Props { get; } = new();

    /// <summary>What is done with the job when it is there.</summary>
    public Section After { get; } = new();
}
