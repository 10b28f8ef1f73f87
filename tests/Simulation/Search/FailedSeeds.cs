using System.Globalization;
using System.Runtime.CompilerServices;

namespace Jobs.Tests.Simulation.Search;

/// <summary>The seeds that ever failed, one a line with what it showed. The tests run each of them for good.</summary>
internal static class FailedSeeds
{
    private const char Comment = '#';

    private static string Path { get; } = Beside();

    public static IEnumerable<(ulong Seed, string Showed)> Read() =>
        from line in File.ReadLines(Path)
        let parts = line.Split(Comment, 2)
        where parts[0].Trim().Length > 0
        select (ulong.Parse(parts[0], CultureInfo.InvariantCulture), parts.Length > 1 ? parts[1].Trim() : "");

    /// <summary>Adds those that are not known yet.</summary>
    public static void Add(IEnumerable<Failure> failures)
    {
        var known = Read().Select(line => line.Seed).ToHashSet();
        var lines = from failure in failures
                    where !known.Contains(failure.Schedule.Seed)
                    select string.Create(CultureInfo.InvariantCulture,
                        $"{failure.Schedule.Seed} {Comment} {failure.Kind.Split('\n')[0]}");
        File.AppendAllLines(Path, lines);
    }

    private static string Beside([CallerFilePath] string here = "") =>
        System.IO.Path.Combine(Directory.GetParent(here)!.Parent!.FullName, "failed-seeds.txt");
}
