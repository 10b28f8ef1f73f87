namespace Lapstack.Template;

/// <summary>A container image CDK would build and push.</summary>
/// <param name="Folder">The absolute path of the build context.</param>
/// <param name="DockerFile">Relative to <paramref name="Folder"/>; <c>Dockerfile</c> unless said otherwise.</param>
/// <param name="Tag">The image's tag in the assets repository.</param>
public sealed record ImageAsset(string Folder, string DockerFile, string Tag);
