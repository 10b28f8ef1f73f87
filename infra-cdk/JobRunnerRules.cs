using System.Globalization;
using Amazon.CDK;
using Jobs.Core;
using Jobs.Core.Definitions;
using Jobs.Core.Dispatch;

namespace Jobs.Infra;

/// <summary>What a runner as a whole must satisfy.</summary>
internal static class JobRunnerRules
{
    /// <summary>The policy of the queue for what is undelivered names every rule that may send to it, and SQS takes 8,192 bytes of policy.</summary>
    private const int MaxRules = 50;

    /// <summary>Each holder of a share is an attribute of some 60 bytes: with 500, a launch and its end write 30 KB each.</summary>
    private const int MaxSharesOfBudget = 500;

    /// <summary>A function's environment has 4 KB, and in it the address of each queue, up to 200 bytes with its job's name.</summary>
    private const int MaxQueues = 15;

    /// <summary>What the runner's own queues are called.</summary>
    private static readonly string[] OwnQueues = ["Uploads", "Schedules", "Commands", "StoppedTasks", "Undelivered", "FailedTicks"];

    public static IEnumerable<string> Check(JobRunnerProps props, IReadOnlyCollection<JobDefinition> jobs) =>
    [
        .. CheckTriggers(jobs.Sum(job => job.Uploads.Count + job.Schedules.Count(schedule => schedule.TimeZone is null))), .. CheckEmails(props), .. CheckFunctions(props), .. CheckLaunchRate(props.LaunchRate),
        .. props.MaxVcpus is { } vcpus ? CheckBudget(vcpus, jobs) : [],
        .. CheckQueues([.. jobs.Where(job => job.Queue is not null).Select(job => job.Name).Distinct()]),
    ];

    private static IEnumerable<string> CheckQueues(IReadOnlyCollection<string> jobs)
    {
        if (jobs.Count > MaxQueues)
        {
            yield return $"A runner has at most {MaxQueues} jobs with a queue, because OnBacklog's environment holds the address of each (declared: {jobs.Count}). " +
                "Use a second stack, or let one job take several kinds of messages.";
        }

        foreach (var same in jobs.GroupBy(Names.Queue).Where(same => same.Count() > 1 || OwnQueues.Contains(same.Key)))
        {
            yield return $"Queues have names of their own in the stack's outputs, and {string.Join(", ", OwnQueues)} are the runner's (declared: {string.Join(" and ", same)}, whose queue is {same.Key}). " +
                "Rename the job.";
        }
    }

    /// <summary>What runners call by the stack's name: outputs, log groups, task families.</summary>
    public static IEnumerable<string> CheckAlone(Stack stack)
    {
        var runners = stack.Node.FindAll().OfType<JobRunner>().Where(runner => Stack.Of(runner) == stack).Select(runner => runner.Node.Path).ToList();
        if (runners.Count > 1)
        {
            yield return $"A stack has one JobRunner, because outputs, log groups and task families have the stack's name (declared: {string.Join(", ", runners)}). " +
                "Add all jobs to one of them, or give each a stack of its own.";
        }
    }

    private static IEnumerable<string> CheckLaunchRate(DispatchSettings rate)
    {
        if (rate.LaunchBurst is < 1 or > 10_000)
        {
            yield return $"LaunchRate.LaunchBurst is 1 to 10,000 (declared: {rate.LaunchBurst}). Leave it out for Fargate's default of 100.";
        }

        if (rate.LaunchesPerSecond is not (> 0 and <= 1_000))
        {
            yield return $"LaunchRate.LaunchesPerSecond is above 0 and at most 1,000 (declared: {rate.LaunchesPerSecond.ToString(CultureInfo.InvariantCulture)}). Leave it out for Fargate's default of 20.";
        }
    }

    private static IEnumerable<string> CheckBudget(int vcpus, IReadOnlyCollection<JobDefinition> jobs)
    {
        if (vcpus < 1) yield return $"MaxVcpus is 1 or more (declared: {vcpus}). Leave it out for no limit.";
        var cpu = 1_024L * vcpus;
        foreach (var job in jobs.Where(job => job.Cpu > cpu))
        {
            yield return $"MaxVcpus is at least what one attempt uses: job '{job.Name}' has Cpu = {job.Cpu}, MaxVcpus = {vcpus} is {cpu}. Raise MaxVcpus or lower Cpu.";
        }

        if (jobs.Where(job => job.Cpu > 0).Select(job => job.Cpu).DefaultIfEmpty(256).Min() is var least && cpu / least > MaxSharesOfBudget)
        {
            yield return $"MaxVcpus has room for at most {MaxSharesOfBudget} attempts of the smallest job, because each has a place in one item (declared: {vcpus}, " +
                $"room for {cpu / least} of {least} CPU units). Set at most {MaxSharesOfBudget * least / 1_024}, or leave it out: a refusal for the account's quota is repeated.";
        }
    }

    private static IEnumerable<string> CheckTriggers(int rules)
    {
        if (rules > MaxRules)
        {
            yield return $"A runner has at most {MaxRules} upload triggers and schedules without a time zone, because a queue's policy names the rule of each (declared: {rules}). " +
                "Use two stacks, or give schedules TimeZone = \"UTC\", which need no rule.";
        }
    }

    private static IEnumerable<string> CheckEmails(JobRunnerProps props)
    {
        foreach (var email in props.AdminEmails.Where(email => !email.Contains('@', StringComparison.Ordinal)))
        {
            yield return $"AdminEmails has e-mail addresses (declared: {email}). Write it as name@example.com.";
        }
    }

    private static IEnumerable<string> CheckFunctions(JobRunnerProps props)
    {
        if (!File.Exists(Path.Combine(props.FunctionsFolder, ControlPlane.Handler + ".dll")))
        {
            yield return $"FunctionsFolder has the published functions, {ControlPlane.Handler}.dll among them (declared: {props.FunctionsFolder}). Build infra-cdk, which publishes them.";
        }
    }
}
