using System.Text.RegularExpressions;

namespace Jobs.Core.Definitions;

/// <summary>What the scaling and the deployment of a queue's service must satisfy.</summary>
internal static partial class QueueServiceRules
{
    /// <summary>
    /// Application Auto Scaling's limit for the steps of a policy.
    /// https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-limits.html
    /// </summary>
    private const int MaxSteps = 20;

    public static IEnumerable<DefinitionError> Check(JobDefinition job, QueueTrigger queue) =>
        queue.Service is not { } service
        ? []
        :
        [
            .. QueueRules.Range(
                job,
                nameof(service.MinTasks),
                service.MinTasks,
                0,
                queue.MaxTasks,
                "Use 0 to pay for nothing while there is no message."),
            .. CheckSteps(job, queue, service),
            .. CheckDeployment(job, service),
            .. service.Schedules.SelectMany(schedule => CheckSchedule(job, queue, schedule)),
            .. service.Schedules.GroupBy(schedule => schedule.Name)
                .Where(same => same.Count() > 1)
                .Select(same => Error(
                job, "the planned limits of a service must have different names", $"{same.Count()} named {same.Key}",
                "Give each a Name of its own.")),
        ];

    private static IEnumerable<DefinitionError> CheckSteps(JobDefinition job, QueueTrigger queue, QueueService service)
    {
        if (service.Steps.Count > MaxSteps)
        {
            yield return Error(
                job, $"a service has at most {MaxSteps} steps", $"{service.Steps.Count} steps", "Leave some out.");
        }

        foreach (var step in service.Steps.Where(
            step => step.Messages < 1 || step.AddTasks < 1 || step.AddTasks > queue.MaxTasks))
        {
            yield return Error(
                job, $"a step adds 1 to MaxTasks ({queue.MaxTasks}) tasks from 1 message or more on",
                $"{step.AddTasks} tasks from {step.Messages} messages on", "Give both as positive numbers.");
        }

        foreach (var (step, next) in service.Steps.Zip(service.Steps.Skip(1))
            .Where(pair => pair.First.Messages >= pair.Second.Messages))
        {
            yield return Error(
                job,
                "steps come in the order of their messages",
                $"{step.Messages} before {next.Messages}",
                "Sort them, and give each its own number of messages.");
        }
    }

    private static IEnumerable<DefinitionError> CheckDeployment(JobDefinition job, QueueService service)
    {
        var errors = QueueRules.Range(
            job,
            nameof(service.MinimumHealthyPercent),
            service.MinimumHealthyPercent,
            0,
            100,
            "Use 100 to lose no task during a deployment.")
            .Concat(
                QueueRules.Range(
                    job,
                    nameof(service.MaximumPercent),
                    service.MaximumPercent,
                    100,
                    200,
                    "Use 200 to start all new tasks beside the old ones."));
        return service is { MinimumHealthyPercent: 100, MaximumPercent: 100 }
            ? errors.Append(Error(
                job, "a deployment must be allowed to stop a task or to start one",
                "MinimumHealthyPercent = 100, MaximumPercent = 100",
                "Raise MaximumPercent, or lower MinimumHealthyPercent."))
            : errors;
    }

    private static IEnumerable<DefinitionError> CheckSchedule(
        JobDefinition job, QueueTrigger queue, ScheduledScaling schedule)
    {
        if (!NamePattern().IsMatch(schedule.Name))
        {
            yield return Error(
                job,
                "the name of planned limits has lower-case letters, digits and single hyphens",
                schedule.Name,
                "Choose a Name such as mornings.");
        }

        if (schedule.MinTasks < 0
            || schedule.MaxTasks < 1
            || schedule.MinTasks > schedule.MaxTasks
            || schedule.MaxTasks > queue.MaxTasks)
        {
            yield return Error(
                job,
                $"planned limits lie between 0 and MaxTasks of the queue ({queue.MaxTasks}), the upper one is at " +
                "least 1 and not below the lower one",
                $"'{schedule.Name}' from {schedule.MinTasks} to {schedule.MaxTasks}",
                "Raise MaxTasks of the queue to the largest number ever wanted.");
        }

        if (Broken(schedule) is { } broken)
        {
            yield return Error(
                job,
                $"the time of '{schedule.Name}' is not valid: {broken}",
                schedule.TimeZone is null ? schedule.Expression : $"{schedule.Expression} in {schedule.TimeZone}",
                "Write it as cron(0 6 ? * MON-FRI *): minutes hours day-of-month month day-of-week year.");
        }
    }

    private static string? Broken(ScheduledScaling schedule)
    {
        try
        {
            schedule.ToSchedule();
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    private static DefinitionError Error(JobDefinition job, string rule, string value, string remedy) =>
        new(job.Name, rule, value, remedy);

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex NamePattern();
}
