using System.Diagnostics;
using System.Globalization;
using Jobs.Tests.Fuzz.Search;
using Jobs.Tests.Fuzz.Targets;

namespace Jobs.FuzzBench;

/// <summary>Tries targets one after the other, and shows the first input of each kind that did not end well.</summary>
internal static class Campaign
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <returns>The process's exit code: 1 when there was a finding.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> names, ulong first, ulong count, CancellationToken cancellation)
    {
        var found = 0;
        foreach (var name in names)
            found += await RunAsync(name, first, count, cancellation);
        return found == 0 ? 0 : 1;
    }

    private static async Task<int> RunAsync(
        string name, ulong first, ulong count, CancellationToken cancellation)
    {
        var target = await FuzzTargets.StartAsync(name);
        await using (target)
        {
            var fuzzer = new Fuzzer(target);
            var clock = Stopwatch.StartNew();
            IReadOnlyList<Finding> found;
            using (new Timer(_ => Tell(name, fuzzer, clock), null, Pause, Pause))
                found = await fuzzer.RunAsync(first, count, cancellation);
            Tell(name, fuzzer, clock);
            foreach (var finding in found) Show(finding);
            return found.Count;
        }
    }

    private static void Tell(string name, Fuzzer fuzzer, Stopwatch clock) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name}: {fuzzer.Done:N0} inputs, {fuzzer.Done / clock.Elapsed.TotalSeconds:N0} a second, at most {fuzzer.MostAllocated / 1_048_576.0:N1} MiB allocated for one"));

    /// <summary>It is kept, to be tried again when its cause is mended, and then with the tests for good.</summary>
    private static void Show(Finding finding)
    {
        var file = Path.Combine(
            Path.GetTempPath(),
            string.Create(CultureInfo.InvariantCulture, $"jobs-fuzz-{finding.Target}-{finding.Number}"));
        File.WriteAllBytes(file, finding.Input);
        Console.WriteLine(finding);
        Console.WriteLine(
            $"The input is in {file}. Again: dotnet run -c Release --project bench/fuzz -- {finding.Target} " +
            $"--first {finding.Number} --inputs 1. Once it is mended, keep it in tests/Fuzz/Findings/{finding.Target}/.");
    }
}
