using System.Diagnostics;
using System.Globalization;
using Jobs.Tests.Simulation.Schedules;
using Jobs.Tests.Simulation.Search;
using Jobs.Tests.Simulation.World;

namespace Jobs.SimulationBench;

/// <summary>Runs schedules, and shows the first that fails.</summary>
internal static class Schedules
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly Lock Telling = new();

    /// <returns>The process's exit code: 1 when an invariant was broken.</returns>
    /// <param name="whole">Show the whole trace of a failure, not only what concerns the runs that it names.</param>
    public static int Replay(ulong seed, bool shrink, bool whole)
    {
        var schedule = Schedule.Of(seed);
        var failure = Failure.Of(schedule);
        if (failure is not null && !whole) return Show(failure, shrink);
        var world = new SimulatedWorld(schedule, keepsTrace: true);
        world.Run();
        Console.WriteLine(schedule);
        foreach (var (at, subject, text) in world.Trace.Lines)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{at:HH:mm:ss.fff} {subject}: {text}"));
        }

        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{failure?.Kind ?? "Nothing is broken."} Trace {world.Trace.Hash:x16}."));
        return failure is null ? 0 : 1;
    }

    /// <returns>The process's exit code: 1 when an invariant was broken.</returns>
    public static int Search(SearchOptions options)
    {
        var before = options.State is { } file ? SearchState.Read(file) : null;
        var first = options.First ?? before?.Next ?? (ulong)TimeProvider.System.GetUtcNow().Ticks;
        var seeds = new Seeds(first, options.Count, options.Generator);
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"The first is number {first}, seed {seeds[0]}."));
        var campaign = new Campaign(seeds, options.All);
        var clock = Stopwatch.StartNew();
        using (new Timer(_ => Tell(campaign, clock, () => Keep(options, before, campaign, first)), null, Pause,
            Pause)) campaign.Run(options.Threads);
        Tell(campaign, clock, () => Keep(options, before, campaign, first));
        foreach (var (failed, times) in campaign.Failures.OrderByDescending(failed => failed.Times))
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{times} times, first with seed {failed.Schedule.Seed}: {failed.Violation}"));
        }

        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The longest has seed {campaign.Longest.Seed} and {campaign.Longest.Events:N0} events."));
        if (options.All) return campaign.Failures.Count == 0 ? 0 : 1;
        return campaign.Failure is { } failure ? Show(failure, options.Shrink) : 0;
    }

    // What was found stays, however the search ends.
    private static void Keep(SearchOptions options, SearchState? before, Campaign campaign, ulong first)
    {
        FailedSeeds.Add(campaign.Failures.Select(failed => failed.First));
        if (options.State is not { } file) return;
        var failures = (before?.Failures ?? 0) + campaign.Failures.Sum(failed => failed.Times);
        new SearchState(before?.First ?? first, first + campaign.Finished, failures).Write(file);
    }

    private static void Tell(Campaign campaign, Stopwatch clock, Action keep)
    {
        // Timers come together after a machine has slept.
        lock (Telling) keep();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{campaign.Done:N0} schedules, {campaign.Done / clock.Elapsed.TotalSeconds:N0} a second, {campaign.Events / clock.Elapsed.TotalSeconds:N0} events a second"));
    }

    private static int Show(Failure failure, bool shrink)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Seed {failure.Schedule.Seed} fails."));
        Console.WriteLine((shrink ? Shrinker.Shrink(failure) : failure).Report());
        return 1;
    }
}
