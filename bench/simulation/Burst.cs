using System.Globalization;
using Jobs.Tests.Simulation.Faults;
using Jobs.Tests.Simulation.Models;
using Jobs.Tests.Simulation.Schedules;
using Jobs.Tests.Simulation.World;

namespace Jobs.SimulationBench;

/// <summary>
/// Many uploads within one second, against Fargate's launch quota: how much of it is used until all are launched.
/// </summary>
internal static class Burst
{
    private const double Target = 0.97;

    /// <returns>The process's exit code: 1 when the target is missed or an invariant broken.</returns>
    public static int Run(int uploads)
    {
        var work = Enumerable.Range(1, uploads)
            .Select(number => new WorkItem.Upload(TimeSpan.FromSeconds((double)number / uploads), "plain", number))
            .ToList();
        var world = new SimulatedWorld(new Schedule(1, FaultProfile.None, work, TimeSpan.FromSeconds(1)));
        if (world.Run() is { } violation)
        {
            Console.WriteLine(violation);
            return 1;
        }

        var starts = world.Witness.Histories.SelectMany(history => history.Tasks)
            .Select(task => task.CreatedAt)
            .Order()
            .ToList();
        var took = starts[^1] - starts[0];
        var quota = LaunchQuota.Burst + (took.TotalSeconds * LaunchQuota.PerSecond);
        var share = starts.Count / quota;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{uploads:N0} uploads in one second: {world.Witness.Histories.Count:N0} runs, {starts.Count:N0} tasks, the last launched after {took.TotalSeconds:N1} s; {share:P1} of the launch quota used."));
        var (partition, units) = world.Partitions.MostWrites;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The busiest partition, {partition}, was asked for {units:N0} write units in one second."));
        return share >= Target && starts.Count == uploads ? 0 : 1;
    }
}
