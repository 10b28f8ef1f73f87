using System.Diagnostics;
using System.Globalization;

namespace Jobs.Tests.EndToEnd.Torture;

/// <summary>The processes below the laptop's, by /proc.</summary>
internal static class ProcessTree
{
    /// <summary>Ids of the laptop's processes of this kind; those that end meanwhile are left out.</summary>
    public static IReadOnlyList<int> Find(int laptop, Prey kind)
    {
        if (kind == Prey.Laptop) return [laptop];
        var sign = kind switch
        {
            Prey.Function => "Jobs.Functions",
            Prey.Worker => "EndToEndWorker",
            _ => "server.js",
        };
        return [.. Below(laptop).Where(id => CommandLine(id).Contains(sign, StringComparison.Ordinal))];
    }

    /// <summary>SIGKILL, to this process alone; false when it is gone.</summary>
    public static bool Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            return true;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static HashSet<int> Below(int root)
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Select(folder => Path.GetFileName(folder))
            .Where(name => char.IsAsciiDigit(name[0]))
            .Select(name => int.Parse(name, CultureInfo.InvariantCulture))
            .ToLookup(ParentOf);
        HashSet<int> found = [];
        var next = new Queue<int>([root]);
        while (next.TryDequeue(out var parent))
        {
            foreach (var child in children[parent].Where(found.Add)) next.Enqueue(child);
        }

        return found;
    }

    /// <summary>The fourth field of proc(5) stat, counted after the name, which may hold blanks.</summary>
    private static int ParentOf(int id)
    {
        var stat = Read(id, "stat");
        return stat.Length == 0 ? 0 : int.Parse(
            stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private static string CommandLine(int id) => Read(id, "cmdline");

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
