namespace Lapstack.Template;

/// <summary>A file or folder CDK would upload to the assets bucket.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="ObjectKey">The key in the assets bucket.</param>
public sealed record FileAsset(string Path, string ObjectKey);
