namespace Jobs.Cli.Import;

/// <summary>What an import makes, before anything of it is written.</summary>
/// <param name="Files">Of the generated project, by their names.</param>
/// <param name="Environments">Copilot's environments that override something; the first is synthesized by default.
/// </param>
internal sealed record ImportedProject(
    string Application,
    IReadOnlyList<(string Name, string Text)> Files,
    IReadOnlyList<ImportedWorkload> Workloads,
    IReadOnlyList<SkippedFile> Skipped,
    IReadOnlyList<string> Environments);
