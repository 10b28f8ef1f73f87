using static System.FormattableString;

namespace Jobs.Bench.Cost;

/// <summary>The most that one run of a kind may pay.</summary>
/// <param name="Writes">Write request units of DynamoDB, those of the indexes included.</param>
/// <param name="Reads">Read request units.</param>
internal sealed record Budget(string Path, double Writes, double Reads)
{
    /// <summary>Control plane of a million runs with native functions; null where none is named.</summary>
    public double? MostDollars { get; init; }

    /// <summary>Averages of a few runs are no better than this.</summary>
    private const double Tolerance = 0.05;

    /// <returns>By how much the measured runs exceed it, in a sentence; null when they do not.</returns>
    public string? Excess(Units measured)
    {
        var over = new List<string>();
        if (measured.Writes > Writes + Tolerance) over.Add(Over(measured.Writes, Writes, "write"));
        if (measured.Reads > Reads + Tolerance) over.Add(Over(measured.Reads, Reads, "read"));
        return over.Count == 0 ? null : $"Over budget: {Path} takes {string.Join(", and ", over)}.";
    }

    private static string Over(double measured, double budget, string kind) =>
        Invariant($"{measured:0.##} {kind} units, {measured - budget:0.##} more than {budget:0.##}");
}
