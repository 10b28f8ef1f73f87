namespace Lapstack.Processes;

/// <summary>
/// Finds programs the way <c>execvp</c> does, and on Windows its shell, but before anything is started, so that a
/// missing one has a clear error.
/// </summary>
internal static class Executable
{
    private static readonly string[] Extensions = OperatingSystem.IsWindows()
        ? (Environment.GetEnvironmentVariable("PATHEXT") ?? ".COM;.EXE;.BAT;.CMD").Split(';')
        : [];

    /// <summary>The full path of a program, or null when there is none that may be executed.</summary>
    /// <param name="name">A path (absolute, or relative to <paramref name="workingDirectory"/>) or a bare name.</param>
    /// <param name="workingDirectory">The folder relative paths start from.</param>
    /// <param name="path">A PATH: folders, separated as on this system.</param>
    public static string? Find(string name, string workingDirectory, string path) =>
        Find(name, workingDirectory, path, Extensions);

    /// <param name="extensions">
    /// What a name may go without, in this order, before it is taken as it is: npm's folder has npm.cmd for Windows and
    /// npm for other shells.
    /// </param>
    internal static string? Find(
        string name, string workingDirectory, string path, IReadOnlyList<string> extensions)
    {
        string[] folders = Path.GetFileName(name) == name
            ? path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            : [workingDirectory];
        return folders
            .Select(folder => Path.GetFullPath(name, Path.GetFullPath(folder, workingDirectory)))
            .SelectMany(file => extensions.Select(extension => file + extension).Append(file))
            .FirstOrDefault(IsExecutable);
    }

    private static bool IsExecutable(string path)
    {
        const UnixFileMode AnyExecute =
            UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & AnyExecute) != 0);
    }
}
