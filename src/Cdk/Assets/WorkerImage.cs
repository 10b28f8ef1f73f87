using Amazon.CDK.AWS.Ecr.Assets;
using Amazon.CDK.AWS.ECS;
using Constructs;
using Jobs.Cdk.Assets;
using Jobs.Cdk.Ground;
using Jobs.Core;

namespace Jobs;

/// <summary>
/// The image of a .NET worker, from its project or from its published folder. The CDK CLI builds and pushes it; the
/// laptop starts the program from the folder. A pipeline gives the image a repository of its own: with the contexts
/// <c>jobs:imageRepository</c> and <c>jobs:imageTag</c> it is there, and <c>dotnet jobs images</c> pushes it.
/// </summary>
/// <example><code>
/// runner.AddJobs(
///     typeof(LineCount).Assembly,
///     new JobProps { Image = WorkerImage.FromProject(this, "../src/Acme.Worker") });
/// </code></example>
public sealed class WorkerImage : ContainerImage
{
    private readonly ContainerImage _image;

    private WorkerImage(ContainerImage image, Architecture architecture)
    {
        _image = image;
        Architecture = architecture;
    }

    /// <summary>What it was built for. A job with this image runs on it whatever it declares.</summary>
    public Architecture Architecture { get; }

    /// <summary>Publishes a worker's project, now, and makes an image of what comes out.</summary>
    /// <param name="scope">The stack, or a construct in it; one image there for each name of a worker's assembly.
    /// </param>
    /// <param name="project">
    /// The project file, or its folder. Relative to the current folder, which for the CDK CLI and the laptop is that of
    /// <c>cdk.json</c>. A Dockerfile among the published files is used; without one the image has .NET's runtime and
    /// the worker, or with <c>PublishAot</c> in the project the worker alone, compiled for the processor of the image.
    /// </param>
    /// <param name="options">Default: all of their defaults.</param>
    /// <exception cref="WorkerImageException">There is no such project, or it cannot be published; the message has
    /// the errors.</exception>
    public static WorkerImage FromProject(Construct scope, string project, WorkerImageOptions? options = null)
    {
        var runtime = RuntimeOf(scope, options);
        return FromFolder(scope, WorkerPublish.Publish(project, runtime.Identifier), options);
    }

    /// <summary>Makes an image of a published worker.</summary>
    /// <param name="scope">As of <see cref="FromProject"/>.</param>
    /// <param name="folder">
    /// Where it was published, for the processor of the image. A Dockerfile is written into it when it has none.
    /// </param>
    /// <param name="options">Default: all of their defaults.</param>
    /// <exception cref="WorkerImageException">The folder has no program of .NET's, or several.</exception>
    public static WorkerImage FromFolder(Construct scope, string folder, WorkerImageOptions? options = null)
    {
        var runtime = RuntimeOf(scope, options);
        var worker = WorkerFolder.Prepare(folder);
        scope.Node.AddValidation(new Validation(() => TestOnlyPackages.Check(scope, folder)));
        var baseImage = options?.BaseImage ?? scope.Node.TryGetContext("baseImage") as string;
        if (DeliveredImage.Find(scope, worker, folder, runtime, baseImage) is { } image)
        {
            return new WorkerImage(image, runtime.Fargate);
        }

        var asset = new DockerImageAsset(scope, $"{worker}Image", new DockerImageAssetProps
        {
            Directory = folder,
            Exclude = WorkerFolder.Excluded,
            Platform = runtime.Docker,
            BuildArgs = baseImage is null
                ? null
                : new Dictionary<string, string> { [PipelineNames.BaseImageArgument] = baseImage },
        });
        return new WorkerImage(FromDockerImageAsset(asset), runtime.Fargate);
    }

    /// <summary>Called by CDK.</summary>
    /// <param name="scope">Of the task definition.</param>
    /// <param name="containerDefinition">The container that runs it.</param>
    public override IContainerImageConfig Bind(Construct scope, ContainerDefinition containerDefinition) =>
        _image.Bind(scope, containerDefinition);

    private static AssetRuntime RuntimeOf(Construct scope, WorkerImageOptions? options) =>
        AssetRuntime.For(scope) is var runtime && !runtime.IsLaptop && options?.Architecture is { } asked
            ? AssetRuntime.Of(asked)
            : runtime;
}
