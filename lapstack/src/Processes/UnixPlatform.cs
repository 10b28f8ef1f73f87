using System.Diagnostics;
using System.Runtime.Versioning;

namespace Lapstack.Processes;

/// <summary>
/// A group is a session: one signal ends it, and the terminal's are not for it. .NET 10 starts no sessions on Unix
/// (<see cref="ProcessStartInfo.CreateNewProcessGroup"/> is for Windows), so a program of the system does, which then
/// executes the other in its place.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal abstract class UnixPlatform : IPlatform
{
    private const string SystemPath = "/usr/bin:/bin:/usr/local/bin";

    private readonly string? _launcher;

    protected UnixPlatform() => _launcher = Executable.Find(Launcher, "/", SystemPath);

    /// <summary>The name of the program that starts another as a session.</summary>
    protected abstract string Launcher { get; }

    /// <summary>The launcher's arguments before the program's path.</summary>
    protected virtual IReadOnlyList<string> LauncherArguments => [];

    public ProcessStartInfo Describe(string program, IReadOnlyList<string> arguments) => new(
        _launcher ?? throw new PlatformNotSupportedException(
            $"Functions and tasks run as process groups, which takes {Launcher}, and it is not in /usr/bin, /bin or " +
            "/usr/local/bin. Install it."),
        [.. LauncherArguments, program, .. arguments]);

    public IProcessGroup GroupOf(Process leader) => new UnixGroup(leader.Id, MemoryBytes);

    public abstract string? Identity(int processId);

    public void EndLeftover(int leaderId) => Signals.KillGroup(leaderId);

    public abstract long? OpenFileLimit();

    protected abstract long MemoryBytes(int groupId);
}
