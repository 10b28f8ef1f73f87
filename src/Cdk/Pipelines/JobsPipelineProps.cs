namespace Jobs;

/// <summary>What a pipeline is, and what it lets through.</summary>
public sealed record JobsPipelineProps : PipelineProps
{
    /// <summary>
    /// ARN of the connection to GitHub, which a person has made and completed: of CodeConnections, or from before it
    /// had that name. https://docs.aws.amazon.com/dtconsole/latest/userguide/connections.html
    /// </summary>
    public required string ConnectionArn { get; init; }

    /// <summary>Folder of cdk.json in the repository. Default infra.</summary>
    public string AppFolder { get; init; } = "infra";

    /// <summary>Folder in the repository in which <c>dotnet test</c> finds the tests. Default: the root.</summary>
    public string TestFolder { get; init; } = ".";

    /// <summary>Findings in an image that keep it from being deployed. Default Critical.</summary>
    public ScanSeverity FailOn { get; init; } = ScanSeverity.Critical;

    /// <summary>
    /// Findings that do not, by their name, such as CVE-2026-1234, with the reason; <c>unscanned</c> is an image that
    /// ECR cannot scan. Default none.
    /// </summary>
    public IReadOnlyDictionary<string, string> Allowed { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Who gets an e-mail when the pipeline fails or awaits an approval. Each address must confirm its subscription.
    /// Default none.
    /// </summary>
    public IReadOnlyList<string> AdminEmails { get; init; } = [];
}
