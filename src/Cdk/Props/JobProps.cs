using Amazon.CDK.AWS.ECS;

namespace Jobs;

/// <summary>What only the stack knows about a job: CDK objects, which go into the template and nowhere else.</summary>
/// <example><code>
/// new JobProps
/// {
///     Image = image,
///     Secrets = new Dictionary&lt;string, Secret&gt; { ["DB_PASSWORD"] = Secret.FromSecretsManager(password) },
/// }
/// </code></example>
public sealed record JobProps
{
    /// <summary>
    /// The image of the container <c>worker</c>: a <see cref="WorkerImage"/> of a .NET project, or any other of CDK's.
    /// </summary>
    public required ContainerImage Image { get; init; }

    /// <summary>
    /// Processor for which the image was built, whatever its jobs declare. Default null: a <see cref="WorkerImage"/>
    /// knows its own; with another image as each job declares, X64 unless it says otherwise.
    /// </summary>
    public Architecture? Architecture { get; init; }

    /// <summary>
    /// The container <c>worker</c> can write nowhere but to its volumes: what is not mounted gets an empty volume at
    /// <c>/tmp</c>, of which ECS makes root the owner, unless the image has a VOLUME there. Default false.
    /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html
    /// </summary>
    public bool ReadOnlyRoot { get; init; }

    /// <summary>The container's command. Default null: the image's.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>The container's entry point. Default null: the image's.</summary>
    public IReadOnlyList<string>? EntryPoint { get; init; }

    /// <summary>
    /// Environment variables from Secrets Manager or SSM parameters, which the job's execution role may read.
    /// </summary>
    public IReadOnlyDictionary<string, Secret> Secrets { get; init; } = new Dictionary<string, Secret>();

    /// <summary>Files of environment variables in S3, which the job's execution role may read.</summary>
    public IReadOnlyList<EnvironmentFileObject> EnvironmentFiles { get; init; } = [];

    /// <summary>
    /// Volumes of the task: EFS, or empty and shared by its containers. Grant EFS access to the <see cref="Job"/>.
    /// </summary>
    public IReadOnlyList<Volume> Volumes { get; init; } = [];

    /// <summary>Where the container <c>worker</c> sees the volumes.</summary>
    public IReadOnlyList<MountPoint> Mounts { get; init; } = [];

    /// <summary>Up to nine containers beside <c>worker</c>.</summary>
    public IReadOnlyList<Sidecar> Sidecars { get; init; } = [];

    /// <summary>Sidecars that <c>worker</c> waits for, and in what condition.</summary>
    public IReadOnlyDictionary<string, ContainerDependencyCondition> DependsOn { get; init; } =
        new Dictionary<string, ContainerDependencyCondition>();

    /// <summary>
    /// Health check of <c>worker</c>. Default null: none, because a job is alive while its process is.
    /// </summary>
    public HealthCheck? HealthCheck { get; init; }

    /// <summary>
    /// Where the job's output goes. Default null: to CloudWatch Logs. With FireLens, CDK adds the router.
    /// </summary>
    public LogDriver? Logging { get; init; }
}
