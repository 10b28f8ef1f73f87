using Jobs.Core.Alerts;
using Jobs.Core.Verdicts;
using Jobs.Tests.Simulation.Faults;
using Jobs.Tests.Simulation.Schedules;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>
/// Of every run that failed for good the admins are told, by an e-mail about it or about the cause it was counted
/// under; and no e-mail comes twice unless a process died or a call failed in between.
/// </summary>
internal sealed class AdminsHear(SimulatedWorld world) : Invariant(world)
{
    private static readonly FaultKind[] Repeating =
        [
            FaultKind.CrashBeforeCall, FaultKind.CrashAfterCall, FaultKind.CallFails, FaultKind.AnswerLost,
            FaultKind.SlowCall,
        ];

    private readonly Dictionary<string, int> _subjects = [];
    private readonly HashSet<string> _told = [];

    public override void Published(Alert alert, IReadOnlyList<RunHistory> about)
    {
        // The tail of a subject is the alert's id, and after a slash which e-mail of it this is.
        var tail = alert.Subject[(alert.Subject.LastIndexOf('[') + 1)..^1];
        _told.Add(tail.Split('/')[0]);
        var copies = _subjects[tail] = _subjects.GetValueOrDefault(tail) + 1;
        var mayRepeat = Repeating.Any(fault => World.Schedule.Faults[fault] > 0)
            || World.Schedule.Work.Any(item => item is WorkItem.Outage);
        if (copies > 1 && !mayRepeat)
        {
            Fail(
                $"The admins got '{alert.Subject}' about {string.Join(", ", about)} {copies} times, although no " +
                "process died and no call failed.");
        }
    }

    public override void AtTheEndOf(RunHistory history)
    {
        if (history.Stored is not { IsOver: true } run) return;
        var needed = run.State is RunState.Failed or RunState.TimedOut || run.Verdict?.Class == VerdictClass.JobRemoved;
        var failures = history.Alerts.Where(cause => cause.Key is { IsStuck: false, IsSuccess: false }).ToList();
        if (needed && !failures.Exists(cause => _told.Contains(cause.AlertId)))
        {
            Fail($"Run {history} is {run.State} for {run.Verdict?.Class}, but no admin was told of it.");
        }

        if (!needed && failures.Count > 0)
        {
            Fail($"Run {history} is {run.State}, but the admins were told that it failed.");
        }
    }
}
