using Lapstack.Schedules;

namespace Lapstack.Services.AutoScaling;

/// <summary>New limits at planned times.</summary>
/// <param name="Min">Null to leave it.</param>
/// <param name="Max">Null to leave it.</param>
internal sealed record ScheduledAction(string Name, Schedule Times, string? TimeZone, int? Min, int? Max);
