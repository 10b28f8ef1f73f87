using System.Diagnostics;
using System.Globalization;

namespace Lapstack.Processes;

/// <summary>What the operating system knows about running processes: /proc on Linux, <c>ps</c> elsewhere.</summary>
internal static class ProcessTable
{
    /// <summary>
    /// A text that no other process of this machine has had or will have under the same id: boot and start time.
    /// Null when there is no such process.
    /// </summary>
    public static string? Identity(int processId)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Ps($"-o lstart= -p {processId}").FirstOrDefault()?.Trim() is { Length: > 0 } start ? start : null;
        }

        return ReadStat(processId) is { } stat ? $"{BootId()}/{stat.StartTicks}" : null;
    }

    /// <summary>
    /// The memory a process group holds that the system could not take back: what a container's limit counts.
    /// </summary>
    public static long GroupMemoryBytes(int groupId)
    {
        if (OperatingSystem.IsLinux()) return GroupMembers(groupId).Sum(UnreclaimableBytes);
        return Ps("-axo pgid=,rss=")
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns.Length == 2 && Number(columns[0]) == groupId)
            .Sum(columns => Number(columns[1]) * 1024);
    }

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

    private static List<string> Ps(string arguments)
    {
        using var ps = Process.Start(new ProcessStartInfo("ps", arguments) { RedirectStandardOutput = true })!;
        var lines = new List<string>();
        while (ps.StandardOutput.ReadLine() is { } line) lines.Add(line);
        ps.WaitForExit();
        return lines;
    }
}
