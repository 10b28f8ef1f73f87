namespace Lapstack.Processes;

/// <summary>
/// The command that starts a program as leader of a session of its own: its children form one group with it that one
/// signal ends, and Ctrl+C at the terminal reaches the emulator only. The program keeps the process id, because the
/// launcher executes it in place.
/// </summary>
internal static class SessionLauncher
{
    private const string SystemPath = "/usr/bin:/bin:/usr/local/bin";

    /// <summary>Linux has setsid (util-linux); macOS has not, but has Perl.</summary>
    private static readonly string[] Prefix =
        Executable.Find("setsid", "/", SystemPath) is { } setsid ? [setsid]
        : Executable.Find("perl", "/", SystemPath) is { } perl ?
        [
            perl, "-e", "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV or die",
        ]
        : [];

    public static IReadOnlyList<string> Command(string program, IReadOnlyList<string> arguments)
    {
        if (Prefix.Length == 0)
            throw new PlatformNotSupportedException(
                "Functions and tasks run as process groups, which takes setsid or perl, and neither is in /usr/bin, " +
                "/bin or /usr/local/bin. Install util-linux.");
        return [.. Prefix, program, .. arguments];
    }
}
