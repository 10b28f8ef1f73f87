namespace Jobs;

/// <summary>What a pipeline of an app of jobs is, on AWS or on GitHub.</summary>
public abstract record PipelineProps
{
    /// <summary>
    /// What is delivered: the beginning of the names of the pipeline's roles and of its repository,
    /// <c>&lt;name&gt;-workers</c>. 2 to 30 lower-case letters, digits and hyphens.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>The source on GitHub, as <c>owner/name</c>.</summary>
    public required string Repository { get; init; }

    /// <summary>What is deployed is the head of this branch. Default main.</summary>
    public string Branch { get; init; } = "main";

    /// <summary>The stacks, in the order in which they are deployed; 1 or more.</summary>
    public required IReadOnlyList<PipelineStage> Stages { get; init; }

    /// <summary>
    /// Images of workers that are kept besides those that a stage has had, 1 to 1,000. Default 30.
    /// </summary>
    public int KeptImages { get; init; } = 30;

    /// <summary>
    /// Images of workers that a stage has had and that are kept, 1 to 1,000: with several workers each deployment has
    /// several. Default 30.
    /// </summary>
    public int KeptDeployedImages { get; init; } = 30;

    /// <summary>
    /// The qualifier of CDK's bootstrap: the deployment's roles have it in their names. Default hnb659fds, as CDK has
    /// it. https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html
    /// </summary>
    public string BootstrapQualifier { get; init; } = "hnb659fds";
}
