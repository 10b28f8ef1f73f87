using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Scheduling;

namespace Jobs.Tests.Simulation.Schedules;

/// <summary>A time that a schedule planned, and what became of its announcement.</summary>
internal sealed class PlannedTime(ScheduleKey key, DateTimeOffset at)
{
    public ScheduleKey Key { get; } = key;

    public DateTimeOffset At { get; } = at;

    public RunId Run { get; } = Scheduler.IdOf(key, at);

    /// <summary>It was never announced.</summary>
    public bool IsLost { get; init; }

    /// <summary>An announcement was refused: the schedule was not deployed.</summary>
    public bool IsRejected { get; set; }

    /// <summary>When an announcement was handled first; null when none was.</summary>
    public DateTimeOffset? HandledAt { get; set; }

    /// <summary>When the one after it was decided to take its place; null when none was.</summary>
    public DateTimeOffset? ReplacedAt { get; set; }

    /// <summary>When the admins were told, each time, that its run is missing.</summary>
    public List<DateTimeOffset> ToldAt { get; } = [];

    public override string ToString() => $"{Key} at {At:HH:mm}";
}
