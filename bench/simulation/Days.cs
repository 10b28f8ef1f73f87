using System.Diagnostics;
using System.Globalization;
using Jobs.Tests.Simulation.Faults;
using Jobs.Tests.Simulation.Schedules;
using Jobs.Tests.Simulation.World;

namespace Jobs.SimulationBench;

/// <summary>
/// Days of steady traffic with every fault: nothing is violated, and what the tick reads follows the runs under way.
/// </summary>
internal static class Days
{
    private static readonly TimeSpan Report = TimeSpan.FromMinutes(30);

    /// <summary>Part of the highest rate that each fault has.</summary>
    private const double Faults = 0.05;

    /// <summary>
    /// A tick makes hundreds of calls here: were each as deadly as in a short schedule, no tick would ever end.
    /// </summary>
    private const double Crashes = 0.00002;

    private static FaultProfile Profile =>
        FaultProfile.Even(Faults).With(FaultKind.CrashBeforeCall, Crashes).With(FaultKind.CrashAfterCall, Crashes);

    /// <param name="traced">A run whose life is shown at the end; null for none.</param>
    /// <returns>The process's exit code: 1 when an invariant was broken.</returns>
    public static int Run(double days, double runsPerDay, string? traced)
    {
        var span = TimeSpan.FromDays(days);
        var world = new SimulatedWorld(
            new Schedule(1, Profile, [], span) { Traffic = new Traffic(runsPerDay, span) }, traced is not null, traced);
        var clock = Stopwatch.StartNew();
        var (reads, ticks) = (0L, 0L);
        Tell();
        var violation = world.Run();
        foreach (var (at, subject, text) in world.Trace.Lines)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{at:ddd HH:mm:ss.fff} {subject}: {text}"));
        }

        Console.WriteLine(violation?.ToString() ?? string.Create(
            CultureInfo.InvariantCulture,
            $"{world.Uploads.Sent:N0} runs in {days:0.##} days, {world.Loop.Count:N0} events in {clock.Elapsed.TotalMinutes:N1} minutes: no invariant broken."));
        return violation is null ? 0 : 1;

        void Tell()
        {
            var perTick = world.Ticks == ticks ? 0 : (double)(world.Runs.TickReads - reads) / (world.Ticks - ticks);
            (reads, ticks) = (world.Runs.TickReads, world.Ticks);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{world.Loop.Now:ddd HH:mm}  {world.Uploads.Sent,12:N0} uploads  {world.Runs.ActiveCount,7:N0} active  {world.Ecs.AliveCount,6:N0} tasks  {perTick,7:N1} reads a tick  {clock.Elapsed.TotalSeconds,6:N0} s"));
            if (world.Loop.Now < world.FaultsEnd) world.Loop.After(Report, Tell);
        }
    }
}
