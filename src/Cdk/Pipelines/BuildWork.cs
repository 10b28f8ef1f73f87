using Amazon.CDK.AWS.IAM;

namespace Jobs.Cdk.Pipelines;

/// <summary>What a step in CodeBuild does.</summary>
/// <param name="Name">Different for each step of the pipeline.</param>
/// <param name="Description">In a line.</param>
/// <param name="Steps">The build specification.</param>
internal sealed record BuildWork(string Name, string Description, string Steps)
{
    /// <summary>What it is told besides its input.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>What it may do besides reading and writing artifacts.</summary>
    public IReadOnlyList<PolicyStatement> Permissions { get; init; } = [];

    /// <summary>It builds images.</summary>
    public bool UsesDocker { get; init; }

    public bool ReportsTests { get; init; }
}
