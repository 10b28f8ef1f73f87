using Amazon.CDK.AWS.Lambda;

namespace Jobs.Cdk.Assets;

/// <summary>One build of the functions: how Lambda runs it, and its files.</summary>
/// <param name="Handler">What Lambda starts.</param>
/// <param name="Folder">Where the files are.</param>
/// <param name="Files">Relative to it.</param>
/// <param name="Program">The one of them that the system starts; null when .NET's runtime does.</param>
internal sealed record FunctionBuild(
    Runtime Runtime, string Handler, string Folder, IReadOnlyList<string> Files, string? Program = null);
