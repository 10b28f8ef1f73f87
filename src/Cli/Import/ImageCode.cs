using System.Text.RegularExpressions;

namespace Jobs.Cli.Import;

/// <summary>An image that is built, pulled from a registry, or from ECR.</summary>
internal static partial class ImageCode
{
    /// <param name="image">A map, or the image's name.</param>
    /// <param name="credentials">ARN of the registry's credentials where the image does not say it.</param>
    /// <param name="id">Begins the ids of what is made for it.</param>
    /// <param name="isArm">The container runs on Arm.</param>
    public static string Of(ManifestNode image, ManifestNode? credentials, string id, bool isArm, ImportPlace place)
    {
        if (image.Scalar is not null) return Pulled(image.Text(), credentials, id);
        if (image.Find("build") is { } build) return Built(build, isArm, place);
        return image.Find("location") is { } location
            ? Pulled(location.Text(), image.Find("credentials") ?? credentials, id)
            : throw image.Fault("has build or location", "Write it as build: path/to/Dockerfile.");
    }

    private static string Pulled(string name, ManifestNode? credentials, string id)
    {
        if (EcrImage().Match(name) is { Success: true } ecr)
        {
            credentials?.Leave("ECR asks for no credentials: the job's execution role may pull the image.");
            var repository = CSharp.Short(
                "new ECR.RepositoryAttributes",
                ("RepositoryName", CSharp.Text(ecr.Groups["repository"].Value)),
                ("RepositoryArn", CSharp.Text(
                    $"arn:{Partition(ecr.Groups["region"].Value)}:ecr:{ecr.Groups["region"].Value}:" +
                    $"{ecr.Groups["account"].Value}:repository/{ecr.Groups["repository"].Value}")));
            var tag = ecr.Groups["tag"].Value is { Length: > 0 } given ? given : "latest";
            return $"ContainerImage.FromEcrRepository(\n{CSharp.Indented(
                $"ECR.Repository.FromRepositoryAttributes(scope, {CSharp.Text($"{id}Repository")}, {repository}),\n" +
                $"{CSharp.Text(tag)})")}";
        }

        if (credentials is null) return $"ContainerImage.FromRegistry({CSharp.Text(name)})";
        var secret = SecretCode.OfArn(credentials.Text(), $"{id}Credentials");
        return $"ContainerImage.FromRegistry(\n{CSharp.Indented(
            $"{CSharp.Text(name)},\n{CSharp.Short("new RepositoryImageProps", ("Credentials", secret))})")}";
    }

    private static string Partition(string region) =>
        region.StartsWith("cn-", StringComparison.Ordinal) ? "aws-cn"
        : region.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov"
        : "aws";

    /// <summary>As Copilot calls docker build: the context is the Dockerfile's folder unless it is given.</summary>
    private static string Built(ManifestNode build, bool isArm, ImportPlace place)
    {
        var dockerfile = (build.IsMap ? build.Find("dockerfile") : build)?.Text();
        var beside = dockerfile is null ? "." : Path.GetDirectoryName(Clean(dockerfile)) ?? "";
        var context = Clean(build.Find("context")?.Text() ?? beside);
        var file = dockerfile is null
            ? "Dockerfile"
            : Path.GetRelativePath(context.Length == 0 ? "." : context, Clean(dockerfile)).Replace('\\', '/');
        var props = new List<(string, string)> { ("File", CSharp.Text(file)) };
        if (build.Find("target") is { } target) props.Add(("Target", CSharp.Text(target.Text())));
        if (build.Find("args") is { } args)
        {
            props.Add(("BuildArgs", CSharp.Dictionary(
                "string", [.. args.Pairs().Select(pair => (pair.Key, CSharp.Text(pair.Value)))])));
        }

        if (build.Find("cache_from") is { } cache)
        {
            props.Add(("CacheFrom", CSharp.List([.. cache.Texts().Select(CacheOption)])));
        }

        if (place.OutWithin(context) is { } own) props.Add(("Exclude", CSharp.Texts([own])));
        props.Add(("Platform", isArm ? "Platform_.LINUX_ARM64" : "Platform_.LINUX_AMD64"));
        return $"ContainerImage.FromAsset(\n{CSharp.Indented(
            $"{ImportPlace.CodeOf(context.Length == 0 ? "." : context)},\n" +
            $"{CSharp.Initialized("new AssetImageProps", props)})")}";
    }

    private static string CacheOption(string image) => CSharp.Short(
        "new DockerCacheOption",
        ("Type", "\"registry\""),
        ("Params", $"new Dictionary<string, string> {{ [\"ref\"] = {CSharp.Text(image)} }}"));

    private static string Clean(string path)
    {
        var clean = path.Replace('\\', '/').TrimEnd('/');
        while (clean.StartsWith("./", StringComparison.Ordinal)) clean = clean[2..];
        return clean is "." ? "" : clean;
    }

    [GeneratedRegex(
        @"^(?<account>[0-9]{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com(\.cn)?/" +
        @"(?<repository>[a-z0-9._/-]+)(:(?<tag>[\w.-]+)|@(?<tag>sha256:[0-9a-f]+))?\z")]
    private static partial Regex EcrImage();
}
