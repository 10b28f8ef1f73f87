using System.Globalization;
using Jobs.Cli.Ports;

namespace Jobs.Cli.Stacks;

/// <summary>
/// Remembers for an hour where a stack is, so that a read needs no DescribeStacks: names and URLs, nothing secret.
/// Whatever is wrong with a file in it, the stack is looked up again.
/// </summary>
/// <remarks>
/// A file is lines: whose it is, when it was read, name, Region, endpoint, and each output. JSON would cost a twentieth
/// of a command's time.
/// </remarks>
/// <param name="folder">Made when it is first written to.</param>
internal sealed class OutputCache(string folder, TimeProvider clock)
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private const int Head = 5;

    /// <summary>The user's own: XDG_CACHE_HOME, else what the system calls local application data.</summary>
    public static string DefaultFolder => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
            : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "jobs");

    public StackPlace? Find(Target target, string? name)
    {
        try
        {
            var identity = Identity(target, name);
            return Read(File.ReadAllLines(FileOf(identity)), identity);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Keep(Target target, string? name, StackPlace place)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var identity = Identity(target, name);
            var file = FileOf(identity);
            // Written beside and moved, so that half of it is never read.
            var half = $"{file}.{Environment.ProcessId}";
            var now = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            File.WriteAllLines(
                half,
                [
                    identity, now, place.Name, place.Region, place.Endpoint ?? "",
                    .. place.Outputs.Select(output => $"{output.Key}={output.Value}"),
                ]);
            File.Move(half, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without a cache it is slower, and that is all.
        }
    }

    private StackPlace? Read(string[] lines, string identity)
    {
        if (lines.Length < Head
            || lines[0] != identity
            || !long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var readAt))
        {
            return null;
        }

        var age = clock.GetUtcNow().ToUnixTimeSeconds() - readAt;
        if (age < 0 || age > Life.TotalSeconds) return null;
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines.AsSpan(Head))
        {
            var end = line.IndexOf('=', StringComparison.Ordinal);
            if (end < 0) return null;
            outputs[line[..end]] = line[(end + 1)..];
        }

        return new StackPlace(lines[2], lines[3], lines[4].Length > 0 ? lines[4] : null, outputs);
    }

    private static string Identity(Target target, string? name) =>
        $"{target.Endpoint}|{target.Region}|{target.Identity}|{name}";

    /// <summary>The identity is in the file too, so that two of one number do each other no harm.</summary>
    private string FileOf(string identity)
    {
        // FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var character in identity) hash = unchecked((hash ^ character) * 1_099_511_628_211UL);
        return Path.Combine(folder, $"{hash.ToString("x16", CultureInfo.InvariantCulture)}.txt");
    }
}
