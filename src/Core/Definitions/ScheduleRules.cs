using System.Text.Json;
using System.Text.RegularExpressions;
using Jobs.Core.Schedules;

namespace Jobs.Core.Definitions;

/// <summary>What a job's schedules must satisfy.</summary>
internal static partial class ScheduleRules
{
    /// <summary>
    /// EventBridge Scheduler's limit for a name.
    /// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
    /// </summary>
    private const int MaxScheduleName = 64;

    /// <summary>Before any schedule that AWS has: a year field begins with 1970.</summary>
    private static readonly DateTimeOffset Beginning = new(1969, 12, 31, 0, 0, 0, TimeSpan.Zero);

    public static IEnumerable<DefinitionError> Check(JobDefinition job) =>
    [
        .. job.Schedules.SelectMany(
            schedule => CheckName(job, schedule).Concat(CheckTimes(job, schedule)).Concat(CheckInput(job, schedule))),
        .. job.Schedules.GroupBy(schedule => schedule.Name).Where(same => same.Count() > 1).Select(same => Error(
            job, "the schedules of a job must have different names", $"{same.Count()} named {same.Key}",
            "Give each a Name of its own.")),
    ];

    private static IEnumerable<DefinitionError> CheckName(JobDefinition job, ScheduleTrigger schedule)
    {
        if (!NamePattern().IsMatch(schedule.Name))
        {
            yield return Error(
                job,
                "the name of a schedule has lower-case letters, digits and single hyphens",
                schedule.Name,
                "Choose a Name such as nightly.");
        }

        var name = Names.Schedule(job.Name, schedule.Name);
        if (name.Length > MaxScheduleName)
        {
            yield return Error(
                job, $"<job>.<schedule> has at most {MaxScheduleName} characters in EventBridge Scheduler",
                $"{name} has {name.Length}", "Give the schedule a shorter Name.");
        }
    }

    public static IEnumerable<DefinitionError> CheckFuture(JobDefinition job, DateTimeOffset now) =>
        from schedule in job.Schedules
        let times = Read(schedule).Times
        where times?.Next(Beginning) is not null && times.Next(now) is null
        select Error(
            job,
            $"schedule '{schedule.Name}' must have a time in the future",
            schedule.Expression,
            "Choose later years, or * for every year; or remove the schedule.");

    private static IEnumerable<DefinitionError> CheckTimes(JobDefinition job, ScheduleTrigger schedule)
    {
        var (times, broken) = Read(schedule);
        if (times is null)
        {
            yield return Error(
                job,
                $"schedule '{schedule.Name}' is not valid: {broken}",
                schedule.TimeZone is null ? schedule.Expression : $"{schedule.Expression} in {schedule.TimeZone}",
                "Write it as rate(1 hour) or cron(0 2 * * ? *): minutes hours day-of-month month day-of-week year.");
        }
        else if (times.Next(Beginning) is null)
        {
            yield return Error(
                job,
                $"schedule '{schedule.Name}' must have a time at which it fires",
                schedule.Expression,
                "Choose days that its months have.");
        }
    }

    private static (Schedule? Times, string? Broken) Read(ScheduleTrigger schedule)
    {
        try
        {
            return (schedule.ToSchedule(), null);
        }
        catch (FormatException e)
        {
            return (null, e.Message);
        }
    }

    private static IEnumerable<DefinitionError> CheckInput(JobDefinition job, ScheduleTrigger schedule)
    {
        if (!Enum.IsDefined(schedule.Overlap))
        {
            yield return Error(
                job,
                "Overlap must be a policy that exists",
                schedule.Overlap.ToString(),
                $"Use {string.Join(", ", Enum.GetNames<OverlapPolicy>())}.");
        }

        if (schedule.Input is { } input && !IsJson(input))
        {
            yield return Error(
                job,
                $"the input of schedule '{schedule.Name}' must be JSON",
                Excerpt.Of(input, 100),
                """Write it as JSON text, such as {"days": 7}.""");
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static DefinitionError Error(JobDefinition job, string rule, string value, string remedy) =>
        new(job.Name, rule, value, remedy);

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex NamePattern();
}
