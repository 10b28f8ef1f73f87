namespace Jobs.Cli.Import;

/// <summary>What lies in the workspace and was not imported.</summary>
internal sealed record SkippedFile(string File, string Reason);
