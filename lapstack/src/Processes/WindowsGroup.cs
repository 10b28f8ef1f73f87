using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Lapstack.Processes;

/// <summary>
/// A job object: https://learn.microsoft.com/en-us/windows/win32/procthread/job-objects. .NET has no way to one. What
/// the program starts is in it, and cannot leave; its end ends all of it, also when the emulator is killed. What the
/// program started before it was put into the object, in its first instant, is not in it.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsGroup : IProcessGroup
{
    private const int ExtendedLimits = 9;
    private const uint CtrlBreak = 1;
    private const uint KilledExitCode = 137;

    private readonly int _leader;

    /// <summary>A job object is closed as anything that can be waited for.</summary>
    private readonly SafeWaitHandle _job;

    public WindowsGroup(Process leader)
    {
        _leader = leader.Id;
        _job = CreateJobObject(0, null);
        var limits = new JobLimits { Flags = JobLimits.KillOnClose };
        if (_job.IsInvalid || !SetJobLimits(_job, ExtendedLimits, ref limits, Marshal.SizeOf<JobLimits>()))
            throw new Win32Exception();
        // It fails for a program that has ended already, which is no error.
        _ = AssignProcess(_job, leader.SafeHandle);
    }

    /// <summary>
    /// Windows has no SIGTERM. Ctrl+Break goes to the program and what it started: .NET calls it SIGQUIT, Node.js
    /// SIGBREAK. Without a console it reaches none, and the program is killed when its time is over.
    /// </summary>
    public void Terminate() => _ = SendConsoleEvent(CtrlBreak, _leader);

    public void Kill() => _ = TerminateJob(_job, KilledExitCode);

    public void KillRest() => Kill();

    /// <summary>Of the program alone, without what it started.</summary>
    public long MemoryBytes()
    {
        try
        {
            using var leader = Process.GetProcessById(_leader);
            return leader.PrivateMemorySize64;
        }
        catch (Exception gone) when (WindowsPlatform.IsGone(gone))
        {
            return 0;
        }
    }

    public void Dispose() => _job.Dispose();

    [DllImport("kernel32", EntryPoint = "CreateJobObjectW", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern SafeWaitHandle CreateJobObject(
        nint attributes, [MarshalAs(UnmanagedType.LPWStr)] string? name);

    [DllImport("kernel32", EntryPoint = "SetInformationJobObject", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetJobLimits(SafeWaitHandle job, int kind, ref JobLimits limits, int size);

    [DllImport("kernel32", EntryPoint = "AssignProcessToJobObject", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool AssignProcess(SafeWaitHandle job, SafeProcessHandle process);

    [DllImport("kernel32", EntryPoint = "TerminateJobObject", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool TerminateJob(SafeWaitHandle job, uint exitCode);

    [DllImport("kernel32", EntryPoint = "GenerateConsoleCtrlEvent", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SendConsoleEvent(uint kind, int groupId);
}
