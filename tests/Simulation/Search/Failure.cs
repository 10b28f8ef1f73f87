using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Jobs.Tests.Simulation.Schedules;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Search;

/// <summary>A schedule and the invariant that it broke.</summary>
internal sealed partial record Failure(Schedule Schedule, Violation Violation)
{
    /// <summary>Runs the schedule; null when nothing is broken.</summary>
    public static Failure? Of(Schedule schedule) =>
        new SimulatedWorld(schedule).Run() is { } violation ? new Failure(schedule, violation) : null;

    /// <summary>Whether it is the same failure, whatever runs, tasks and times it names.</summary>
    public bool IsLike(Failure other) => Kind == other.Kind;

    /// <summary>The sentence without what differs from schedule to schedule.</summary>
    public string Kind => Names().Replace(Violation.ToString(), "_");

    /// <summary>The sentence, the schedule, and what happened to the runs it names, in virtual time.</summary>
    public string Report()
    {
        var world = new SimulatedWorld(Schedule, keepsTrace: true);
        world.Run();
        var report = new StringBuilder().AppendLine(Violation.ToString()).AppendLine(Schedule.ToString());
        var keys = Runs().Matches(Violation.Sentence).Select(match => match.Value).ToHashSet();
        var subjects = world.Ecs.All.Where(task => keys.Contains(task.Run.ToString()))
            .SelectMany(task => new[] { task.ToString(), $"worker {task}" })
            .ToHashSet();
        foreach (var (at, subject, text) in world.Trace.Lines)
        {
            var concerns = keys.Count == 0
                || keys.Contains(subject)
                || subjects.Contains(subject)
                || keys.Any(key => text.Contains(key, StringComparison.Ordinal))
                || subject is "people" or "world" or "VIOLATION";
            if (concerns) report.AppendLine(CultureInfo.InvariantCulture, $"{at:HH:mm:ss.fff} {subject}: {text}");
        }

        return report.ToString();
    }

    [GeneratedRegex("[a-z][a-z0-9-]*/[0-9a-z]{26}")]
    private static partial Regex Runs();

    [GeneratedRegex("[a-z][a-z0-9-]*/[0-9a-z]{26}(/[0-9]+)?|[0-9][0-9:.]*")]
    private static partial Regex Names();
}
