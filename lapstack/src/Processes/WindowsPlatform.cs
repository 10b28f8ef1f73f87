using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;

namespace Lapstack.Processes;

/// <summary>A group is a job object, and a console's process group for Ctrl+Break. Not tried on a machine.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsPlatform : IPlatform
{
    public ProcessStartInfo Describe(string program, IReadOnlyList<string> arguments) =>
        new(program, arguments) { CreateNewProcessGroup = true };

    public IProcessGroup GroupOf(Process leader) => new WindowsGroup(leader);

    /// <summary>The start time, which Windows keeps to 100 ns.</summary>
    public string? Identity(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.StartTime.ToFileTimeUtc().ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (IsGone(gone))
        {
            return null;
        }
    }

    /// <summary>Only where Windows has not ended it: a job object ends what is in it with the emulator.</summary>
    public void EndLeftover(int leaderId)
    {
        try
        {
            using var leader = Process.GetProcessById(leaderId);
            leader.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (IsGone(gone) || gone is AggregateException)
        {
        }
    }

    public long? OpenFileLimit() => null;

    /// <summary>It has ended, ends just now, or is another user's.</summary>
    internal static bool IsGone(Exception e) => e is ArgumentException or InvalidOperationException or Win32Exception;
}
