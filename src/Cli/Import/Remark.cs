namespace Jobs.Cli.Import;

/// <summary>A comment in the generated code.</summary>
/// <param name="Left">What the comment gives the reason for; null for a comment about the code itself.</param>
internal sealed record Remark(string Text, ManifestNode? Left = null);
