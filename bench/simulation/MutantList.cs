using System.Diagnostics;
using System.Globalization;
using Jobs.Tests.Simulation.Mutants;

namespace Jobs.SimulationBench;

/// <summary>Shows by what, and how soon, each seeded bug is caught.</summary>
internal static class MutantList
{
    /// <returns>The process's exit code: 1 when one is not caught.</returns>
    public static int Show(string? only)
    {
        var probe = new MutantProbe();
        var missed = 0;
        foreach (var mutant in MutantProbe.All.Where(
            mutant => only is null || mutant.Name.Contains(only, StringComparison.Ordinal)))
        {
            var clock = Stopwatch.StartNew();
            var failure = Try(probe, mutant, out var error);
            if (failure is null) missed++;
            var caught = failure is { } by ? $"seed {by.Seed}, {by.Invariant}: {by.Sentence}" : error ?? "NOT CAUGHT";
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture, $"{mutant,-28} {clock.Elapsed.TotalSeconds:0.0} s  {caught}"));
        }

        return missed == 0 ? 0 : 1;
    }

    private static (ulong Seed, string Invariant, string Sentence)? Try(
        MutantProbe probe, Mutant mutant, out string? error)
    {
        try
        {
            error = null;
            return probe.Run(mutant);
        }
        catch (InvalidOperationException e)
        {
            error = e.Message;
            return null;
        }
    }
}
