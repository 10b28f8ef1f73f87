namespace Lapstack.Chaos;

/// <summary>One thing that can go wrong, as people name it.</summary>
/// <param name="Name">Lower case, with hyphens.</param>
/// <param name="Meaning">What the share is of, and what happens.</param>
/// <param name="Set">The options with this share.</param>
public sealed record ChaosSwitch(string Name, string Meaning, Func<ChaosOptions, double, ChaosOptions> Set)
{
    /// <summary>Every switch there is.</summary>
    public static IReadOnlyList<ChaosSwitch> All { get; } =
    [
        new(
            "spot",
            "of the tasks on Fargate Spot: interrupted in mid-run, with SIGTERM and their stop timeout",
            (chaos, share) => chaos with { Spot = share }),
        new("kill", "of all tasks: killed with SIGKILL in mid-run", (chaos, share) => chaos with { Kill = share }),
        new(
            "throttle",
            "of RunTask's calls: refused for their rate, in the three forms that ECS has for it",
            (chaos, share) => chaos with { Throttle = share }),
        new(
            "capacity",
            "of RunTask's calls: refused in failures[], for want of capacity or of quota",
            (chaos, share) => chaos with { Capacity = share }),
        new(
            "lost-answer",
            "of RunTask's calls: the task is started and the connection closed without an answer",
            (chaos, share) => chaos with { LostAnswer = share }),
        new(
            "duplicate",
            "of events and of messages: delivered twice",
            (chaos, share) => chaos with { Duplicate = share }),
        new(
            "delay",
            "of events: delivered up to ten seconds late, and so out of order",
            (chaos, share) => chaos with { Delay = share }),
        new(
            "drop-stopped",
            "of ECS's events that a task has stopped: never delivered",
            (chaos, share) => chaos with { DropStopped = share }),
        new(
            "crash",
            "of function invocations: the process is killed in the middle",
            (chaos, share) => chaos with { Crash = share }),
    ];
}
