using System.Globalization;
using System.Runtime.Versioning;

namespace Lapstack.Processes;

/// <summary>util-linux's <c>setsid</c>, and /proc.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class LinuxPlatform : UnixPlatform
{
    protected override string Launcher => "setsid";

    /// <summary>Boot and start time.</summary>
    public override string? Identity(int processId) =>
        ReadStat(processId) is { } stat ? $"{BootId()}/{stat.StartTicks}" : null;

    /// <summary>The limit, which .NET has raised to the most this process may.</summary>
    public override long? OpenFileLimit()
    {
        // Name, soft limit, hard limit, unit: proc_pid_limits(5).
        var line = File.ReadLines("/proc/self/limits")
            .First(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        var soft = line["Max open files".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return soft == "unlimited" ? null : Number(soft);
    }

    protected override long MemoryBytes(int groupId) => GroupMembers(groupId).Sum(UnreclaimableBytes);

    private static IEnumerable<int> GroupMembers(int groupId) =>
        from folder in Directory.EnumerateDirectories("/proc")
        let name = Path.GetFileName(folder)
        where char.IsAsciiDigit(name[0])
        let id = int.Parse(name, CultureInfo.InvariantCulture)
        where ReadStat(id)?.Group == groupId
        select id;

    /// <summary>Anonymous and shared memory, without the file pages (mapped assemblies) the kernel can drop.</summary>
    private static long UnreclaimableBytes(int processId)
    {
        try
        {
            return File.ReadLines($"/proc/{processId}/status")
                .Where(
                    line =>
                        line.StartsWith("RssAnon:", StringComparison.Ordinal)
                            || line.StartsWith("RssShmem:", StringComparison.Ordinal))
                .Sum(
                    line =>
                        Number(
                            line.Split(' ', '\t').Last(part => part.Length > 0 && char.IsAsciiDigit(part[0]))) * 1024);
        }
        catch (IOException)
        {
            return 0; // It ended while we looked.
        }
    }

    /// <summary>
    /// Fields 5 and 22 of proc(5) stat, counted after the name, which may itself hold blanks and brackets.
    /// </summary>
    private static (int Group, long StartTicks)? ReadStat(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return ((int)Number(fields[2]), Number(fields[19]));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string BootId() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
