using System.Text.Json.Nodes;

namespace Lapstack.Template;

/// <summary>One stack of a synthesized CDK app: its template and where its assets are.</summary>
/// <param name="Folder">The absolute path of the assembly (<c>cdk.out</c>).</param>
/// <param name="Template">The CloudFormation template as synthesized, unresolved.</param>
/// <param name="Files">File assets.</param>
/// <param name="Images">Container image assets.</param>
public sealed record CloudAssembly(
    string Folder,
    string StackName,
    JsonObject Template,
    IReadOnlyList<FileAsset> Files,
    IReadOnlyList<ImageAsset> Images)
{
    /// <summary>The absolute path of the folder or file that CDK would upload under this key.</summary>
    /// <param name="objectKey">The <c>S3Key</c> of a function's code, <c>HASH.zip</c>.</param>
    /// <exception cref="TemplateException">No asset has this key.</exception>
    public string FindFile(string objectKey) => Files.FirstOrDefault(f => f.ObjectKey == objectKey)?.Path
        ?? throw new TemplateException(
            $"No file asset of stack {StackName} has the key '{objectKey}' (known: " +
            $"{string.Join(", ", Files.Select(f => f.ObjectKey))}). Synthesize again.");

    /// <summary>
    /// The image asset a container's <c>Image</c> names, by the tag behind its last colon; null for an image from a
    /// registry.
    /// </summary>
    public ImageAsset? FindImage(string imageUri) =>
        Images.FirstOrDefault(i => imageUri.EndsWith(':' + i.Tag, StringComparison.Ordinal));
}
