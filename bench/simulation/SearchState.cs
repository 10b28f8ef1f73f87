using System.Globalization;

namespace Jobs.SimulationBench;

/// <summary>How far a search is, in a file: it goes on from there.</summary>
/// <param name="First">Number of the first seed of all.</param>
/// <param name="Next">Number of the next: all before are done.</param>
/// <param name="Failures">Schedules that failed.</param>
internal sealed record SearchState(ulong First, ulong Next, long Failures)
{
    /// <summary>Null when there is no such file.</summary>
    /// <exception cref="FormatException">The file is something else.</exception>
    public static SearchState? Read(string file)
    {
        if (!File.Exists(file)) return null;
        var values = File.ReadLines(file).Select(line => line.Split(' ')).ToDictionary(parts => parts[0],
            parts => parts[^1]);
        return values.TryGetValue("first", out var first) && values.TryGetValue("next", out var next)
            && values.TryGetValue("failures", out var failures)
            ? new(ulong.Parse(first, CultureInfo.InvariantCulture), ulong.Parse(next, CultureInfo.InvariantCulture),
                long.Parse(failures, CultureInfo.InvariantCulture))
            : throw new FormatException(
                $"{file} does not say how far a search is. Give --state a file that a search wrote, or one that is " +
                "not there yet.");
    }

    public void Write(string file)
    {
        // Never half: who reads it goes on from it.
        var whole = $"{file}.new";
        File.WriteAllText(whole,
            string.Create(CultureInfo.InvariantCulture,
                $"first {First}\nnext {Next}\ndone {Next - First}\nfailures {Failures}\n"));
        File.Move(whole, file, overwrite: true);
    }
}
