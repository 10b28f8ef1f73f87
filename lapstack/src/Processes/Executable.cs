namespace Lapstack.Processes;

/// <summary>
/// Finds programs the way <c>execvp</c> does, but before anything is started, so that a missing one has a clear error.
/// </summary>
internal static class Executable
{
    /// <summary>The full path of a program, or null when there is none that may be executed.</summary>
    /// <param name="name">A path (absolute, or relative to <paramref name="workingDirectory"/>) or a bare name.</param>
    /// <param name="workingDirectory">The folder relative paths start from.</param>
    /// <param name="path">A PATH: folders separated by colons.</param>
    public static string? Find(string name, string workingDirectory, string path)
    {
        if (name.Contains('/', StringComparison.Ordinal)) return IfExecutable(Path.GetFullPath(name, workingDirectory));
        return path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => IfExecutable(Path.Combine(folder, name)))
            .FirstOrDefault(found => found is not null);
    }

    private static string? IfExecutable(string path)
    {
        const UnixFileMode AnyExecute =
            UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & AnyExecute) != 0)
            ? path
            : null;
    }
}
