using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Lapstack.Processes;

/// <summary>
/// POSIX signals, to one process or to a whole process group. By kill(2), because .NET 10 sends no signal but SIGKILL,
/// and that to no group; .NET 11 has <c>SafeProcessHandle.Signal</c>.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static class Signals
{
    private const int SigKill = 9;
    private const int SigTerm = 15;

    /// <summary>Asks one process to end. A process that is gone is not an error.</summary>
    public static void Terminate(int processId) => Send(processId, SigTerm);

    /// <summary>Ends one process at once.</summary>
    public static void Kill(int processId) => Send(processId, SigKill);

    /// <summary>Ends a process group and everything in it. A group that is gone is not an error.</summary>
    public static void KillGroup(int groupId) => Send(-groupId, SigKill);

    private static void Send(int target, int signal)
    {
        // 0 and -1 address our own group and every process of the user.
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Math.Abs(target), 1, nameof(target));
        _ = SendSignal(target, signal);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int target, int signal);
}
