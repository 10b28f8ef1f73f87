using System.Globalization;

namespace Jobs.Core.Definitions;

/// <summary>What a job's alarms and its metrics must satisfy.</summary>
public static class MetricRules
{
    /// <summary>Whether a job has metrics of its own beside the stack's: it asks for them, or for alarms.</summary>
    public static bool HasOwn(JobDefinition job) => job.OwnMetrics || job.Alarms is not null;

    internal static IEnumerable<DefinitionError> Check(JobDefinition job)
    {
        if (job.Queue is { Mode: QueueMode.Service } && HasOwn(job))
        {
            yield return Error(
                job,
                "a queue's service has no runs to be counted",
                job.Alarms is null ? "OwnMetrics" : "Alarm",
                "Leave it out: its queue and its dead letters have alarms.");
        }

        if (job.Alarms is not { } alarms) yield break;
        if (alarms is { FailurePercent: null, DurationMinutes: null, DollarsPerDay: null })
        {
            yield return Error(
                job, "an alarm has a limit", "none", "Give FailurePercent, DurationMinutes or DollarsPerDay.");
        }

        if (alarms.FailurePercent is { } percent and not (>= 1 and <= 100))
        {
            yield return Error(job, "FailurePercent is 1 to 100", Text(percent), "Use 100 for: all of an hour's runs.");
        }

        if (alarms.DurationMinutes is { } minutes && (minutes < 1 || minutes > job.TimeoutMinutes))
        {
            yield return Error(
                job,
                $"DurationMinutes is 1 to TimeoutMinutes ({job.TimeoutMinutes}), when an attempt is stopped anyway",
                Text(minutes),
                "Lower it.");
        }

        if (alarms.DollarsPerDay is { } dollars && !(dollars > 0 && double.IsFinite(dollars)))
        {
            yield return Error(job, "DollarsPerDay is above 0", Text(dollars), "Write what a day may cost, such as 5.");
        }
    }

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private static DefinitionError Error(JobDefinition job, string rule, string value, string remedy) =>
        new(job.Name, rule, value, remedy);
}
