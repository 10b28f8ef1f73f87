using System.Runtime.InteropServices;

namespace Lapstack.Processes;

/// <summary>How many files this process may have open at once.</summary>
internal static class OpenFiles
{
    /// <summary>The limit, which .NET has raised to the most a process may; null where there is none.</summary>
    public static long? Limit()
    {
        if (OperatingSystem.IsWindows()) return null;
        var resource = OperatingSystem.IsMacOS() ? 8 : 7; // RLIMIT_NOFILE
        return GetLimit(resource, out var limit) == 0 ? (long)Math.Min(limit.Current, long.MaxValue) : null;
    }

    [DllImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetLimit(int resource, out ResourceLimit limit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct ResourceLimit
    {
        public readonly ulong Current;
        public readonly ulong Most;
    }
}
