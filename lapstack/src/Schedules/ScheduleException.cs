namespace Lapstack.Schedules;

/// <summary>
/// A schedule expression AWS would refuse; the message gives the expression, the field and the rule it breaks.
/// </summary>
public sealed class ScheduleException(string expression, string reason)
    : Exception($"Schedule expression '{expression}' is not valid: {reason}");
