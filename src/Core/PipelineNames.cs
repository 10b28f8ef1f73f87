namespace Jobs.Core;

/// <summary>
/// What the synthesis of a stack and its pipeline agree on. Declared once, for the constructs and the command
/// line.
/// </summary>
public static class PipelineNames
{
    /// <summary>
    /// Context: the repository that the workers' images are in, as
    /// <c>&lt;account&gt;.dkr.ecr.&lt;Region&gt;.amazonaws.com/&lt;name&gt;</c>.
    /// </summary>
    public const string ImageRepository = "jobs:imageRepository";

    /// <summary>Context: the end of the images' tags, such as the id of a commit.</summary>
    public const string ImageTag = "jobs:imageTag";

    /// <summary>Type of the metadata that says how such an image is built.</summary>
    public const string ImageMetadata = "jobs:image";

    /// <summary>Members of that metadata.</summary>
    public const string Uri = "uri";

    /// <summary>Folder of the published worker, relative to the cloud assembly.</summary>
    public const string Folder = "folder";

    /// <summary>As Docker calls it.</summary>
    public const string Platform = "platform";

    /// <summary>What the image is built on; absent for what the Dockerfile says.</summary>
    public const string BaseImage = "baseImage";

    /// <summary>Argument of the Dockerfile that names it.</summary>
    public const string BaseImageArgument = "BASE_IMAGE";

    /// <summary>The role that may verify a stack: at most 64 letters, digits, hyphens and underscores.</summary>
    /// <param name="region">IAM has one set of names for all Regions.</param>
    public static string Verifier(string stack, string region) => $"{Names.Prefix(stack)}{region}_verify";
}
