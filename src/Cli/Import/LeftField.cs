namespace Jobs.Cli.Import;

/// <summary>A line of a manifest that became a comment.</summary>
internal sealed record LeftField(string Path, string Value, int Line, string Reason);
