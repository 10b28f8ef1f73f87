using System.Globalization;
using Jobs.Core.Ids;
using Jobs.Core.Schedules;

namespace Jobs.Core.Alerts;

/// <summary>A run that a schedule planned and that did not appear.</summary>
public sealed record MissingRun(ScheduleKey Schedule, DateTimeOffset PlannedAt)
{
    /// <summary>
    /// A run that has not appeared this long after its time is missing: a tick each minute notices it within five
    /// minutes.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(4);

    private const string Minutes = "yyyy-MM-dd'T'HH:mm'Z'";

    /// <exception cref="FormatException">It is not what <see cref="ToString"/> wrote.</exception>
    public static MissingRun Parse(string job, string text) => text.Split('@') is [var name, var planned]
        ? new(
            new ScheduleKey(job, name),
            DateTimeOffset.ParseExact(planned, Minutes, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal))
        : throw new FormatException($"'{text}' is not a missing run, which is <schedule>@<planned time>.");

    /// <summary>A planned time as people and commands write it: UTC, to the minute.</summary>
    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString(Minutes, CultureInfo.InvariantCulture);

    /// <summary>Without the job.</summary>
    public override string ToString() => $"{Schedule.Name}@{Text(PlannedAt)}";
}
