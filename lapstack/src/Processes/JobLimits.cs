using System.Runtime.InteropServices;

namespace Lapstack.Processes;

/// <summary>
/// JOBOBJECT_EXTENDED_LIMIT_INFORMATION of Windows, of which only the flags are used:
/// https://learn.microsoft.com/en-us/windows/win32/api/winnt/ns-winnt-jobobject_extended_limit_information
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct JobLimits
{
    /// <summary>JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE: what is in the job ends when its last handle is closed.</summary>
    public const uint KillOnClose = 0x2000;

    private readonly long _processTime;
    private readonly long _jobTime;
    public uint Flags;
    private readonly nuint _leastWorkingSet;
    private readonly nuint _mostWorkingSet;
    private readonly uint _activeProcesses;
    private readonly nuint _affinity;
    private readonly uint _priority;
    private readonly uint _scheduling;
    private readonly Counters _counters;
    private readonly nuint _processMemory;
    private readonly nuint _jobMemory;
    private readonly nuint _peakProcessMemory;
    private readonly nuint _peakJobMemory;

    /// <summary>IO_COUNTERS.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Counters
    {
        private readonly ulong _reads;
        private readonly ulong _writes;
        private readonly ulong _others;
        private readonly ulong _bytesRead;
        private readonly ulong _bytesWritten;
        private readonly ulong _bytesOfOthers;
    }
}
