namespace Jobs.Cli.Import;

/// <summary>A workload that was imported.</summary>
/// <param name="Manifest">Its file, as it is said.</param>
/// <param name="File">The class that was written.</param>
/// <param name="Mapped">Fields that have a counterpart, each with its value in the manifest.</param>
internal sealed record ImportedWorkload(
    string Name,
    string Type,
    string Manifest,
    string File,
    IReadOnlyList<(string Path, int Line)> Mapped,
    IReadOnlyList<LeftField> Left);
