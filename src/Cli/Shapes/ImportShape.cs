using Jobs.Cli.Import;

namespace Jobs.Cli.Shapes;

/// <param name="Folder">Where the project was written.</param>
/// <param name="Files">Their names in it.</param>
internal sealed record ImportShape(
    string Folder,
    string Application,
    IReadOnlyList<string> Files,
    IReadOnlyList<ImportedJobShape> Jobs,
    IReadOnlyList<SkippedFileShape> Skipped,
    IReadOnlyList<string> NextSteps)
{
    public static ImportShape Of(string folder, ImportedProject project, IReadOnlyList<string> nextSteps) => new(
        folder,
        project.Application,
        [.. project.Files.Select(file => file.Name)],
        [.. project.Workloads.Select(ImportedJobShape.Of)],
        [.. project.Skipped.Select(skipped => new SkippedFileShape(skipped.File, skipped.Reason))],
        nextSteps);
}

/// <summary>A workload that became a job.</summary>
/// <param name="File">The class that was written.</param>
/// <param name="Mapped">Paths of the manifest's fields that have a counterpart.</param>
internal sealed record ImportedJobShape(
    string Name,
    string Type,
    string Manifest,
    string File,
    IReadOnlyList<string> Mapped,
    IReadOnlyList<LeftFieldShape> Left)
{
    public static ImportedJobShape Of(ImportedWorkload workload) => new(
        workload.Name,
        workload.Type,
        workload.Manifest,
        workload.File,
        [.. workload.Mapped.Select(field => field.Path)],
        [.. workload.Left.Select(field => new LeftFieldShape(field.Path, field.Value, field.Line, field.Reason))]);
}

/// <summary>A field that became a comment.</summary>
internal sealed record LeftFieldShape(string Path, string Value, int Line, string Reason);

/// <summary>What was not imported.</summary>
internal sealed record SkippedFileShape(string File, string Reason);
