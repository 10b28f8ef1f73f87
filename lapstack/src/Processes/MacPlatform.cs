using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;

namespace Lapstack.Processes;

/// <summary>
/// macOS has no <c>setsid</c>, but comes with Perl, which has the call; and <c>ps</c>. Tried on Linux, whose Perl and
/// <c>ps</c> do the same, and on no Mac.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class MacPlatform : UnixPlatform
{
    protected override string Launcher => "perl";

    protected override IReadOnlyList<string> LauncherArguments =>
        ["-e", "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV or die"];

    /// <summary>
    /// The start time to the second. <see cref="Process.StartTime"/> is none: .NET reckons it from the time since the
    /// boot, which stands still while the machine sleeps.
    /// </summary>
    public override string? Identity(int processId) =>
        Ps($"-o lstart= -p {processId}").FirstOrDefault()?.Trim() is { Length: > 0 } start ? start : null;

    /// <summary>.NET raises the limit of this process to 10,240 or the most it may; the most is unlimited.</summary>
    public override long? OpenFileLimit() => null;

    /// <summary>Of all its processes, by the group and the KiB of each.</summary>
    protected override long MemoryBytes(int groupId) => Ps("-axo pgid=,rss=")
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(columns => columns.Length == 2 && Number(columns[0]) == groupId)
        .Sum(columns => Number(columns[1]) * 1024);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static List<string> Ps(string arguments)
    {
        var start = new ProcessStartInfo("ps", arguments) { RedirectStandardOutput = true };
        // An identity is compared with one that an earlier emulator wrote.
        (start.Environment["LC_ALL"], start.Environment["TZ"]) = ("C", "UTC");
        using var ps = Process.Start(start)!;
        var lines = new List<string>();
        while (ps.StandardOutput.ReadLine() is { } line) lines.Add(line);
        ps.WaitForExit();
        return lines;
    }
}
