using System.Text.RegularExpressions;
using Amazon.CDK;
using Amazon.CDK.AWS.ECR;
using Amazon.CDK.AWS.ECS;
using Constructs;
using Jobs.Core;

namespace Jobs.Cdk.Assets;

/// <summary>
/// A worker's image in a repository that the context names, in place of CDK's own. The folder that it is built from,
/// and how, go along with the synthesis; <c>dotnet jobs images</c> builds and pushes it.
/// </summary>
internal static partial class DeliveredImage
{
    /// <returns>Null when the context names no repository.</returns>
    /// <exception cref="WorkerImageException">The context is wrong.</exception>
    public static ContainerImage? Find(
        Construct scope, string worker, string folder, AssetRuntime runtime, string? baseImage)
    {
        var repository = scope.Node.TryGetContext(PipelineNames.ImageRepository) as string;
        if (repository is null) return null;
        var tag = $"{worker}-{TagOf(scope)}";
        Describe(scope, worker, folder, new Dictionary<string, string?>
        {
            [PipelineNames.Uri] = $"{repository}:{tag}",
            [PipelineNames.Platform] = runtime.Docker.Platform,
            [PipelineNames.BaseImage] = baseImage,
        });
        return ContainerImage.FromEcrRepository(Import(scope, worker, repository), tag);
    }

    private static void Describe(
        Construct scope, string worker, string folder, Dictionary<string, string?> description)
    {
        var staged = new AssetStaging(scope, $"{worker}Folder", new AssetStagingProps
        {
            SourcePath = folder,
            Exclude = WorkerFolder.Excluded,
        });
        description[PipelineNames.Folder] = staged.RelativeStagedPath(Stack.Of(scope));
        staged.Node.AddMetadata(
            PipelineNames.ImageMetadata,
            description.Where(one => one.Value is not null).ToDictionary(one => one.Key, one => (object)one.Value!));
    }

    /// <summary>Of another stack, and maybe of another account and Region: named by its whole ARN.</summary>
    private static IRepository Import(Construct scope, string worker, string repository)
    {
        var parts = Uri().Match(repository);
        if (!parts.Success)
        {
            throw new WorkerImageException(
                $"{PipelineNames.ImageRepository} is the URI of a repository in ECR, such as " +
                $"111122223333.dkr.ecr.eu-central-1.amazonaws.com/acme-workers (given: {repository}).");
        }

        var name = parts.Groups["name"].Value;
        return Repository.FromRepositoryAttributes(scope, $"{worker}Repository", new RepositoryAttributes
        {
            RepositoryName = name,
            RepositoryArn =
                $"arn:{Stack.Of(scope).Partition}:ecr:{parts.Groups["region"].Value}:{parts.Groups["account"].Value}:" +
                $"repository/{name}",
        });
    }

    private static string TagOf(Construct scope)
    {
        var tag = scope.Node.TryGetContext(PipelineNames.ImageTag) as string;
        return tag is not null && Tag().IsMatch(tag) ? tag : throw new WorkerImageException(
            $"Beside {PipelineNames.ImageRepository}, {PipelineNames.ImageTag} says which image: the id of a commit, " +
            $"or another text of at most 64 letters, digits, dots, hyphens and underscores (given: {tag}).");
    }

    [GeneratedRegex(
        @"^(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com(\.cn)?/(?<name>[a-z0-9._/-]+)$")]
    private static partial Regex Uri();

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex Tag();
}
