using System.Globalization;
using Amazon.CDK;
using Jobs.Cdk.Alerts;
using Jobs.Cdk.Commons;
using Jobs.Cdk.Functions;
using Jobs.Cdk.Ground;
using Jobs.Core;
using Jobs.Core.Definitions;
using Jobs.Core.Dispatch;

namespace Jobs.Cdk.Runner;

/// <summary>What a runner as a whole must satisfy.</summary>
internal static class JobRunnerRules
{
    /// <summary>
    /// EventBridge's quota for a bus; AWS's services send to the default one. AWS raises it for an account; a stack
    /// alone stays below. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
    /// </summary>
    private const int MaxRules = 300;

    /// <summary>The rules Tick and TaskStopped.</summary>
    private const int OwnRules = 2;

    /// <summary>
    /// Characters that OnCommand's environment has for the jobs that submit others: 4 KB but for what every function is
    /// told. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    /// </summary>
    private const int MaxSubmitters = 4_096 - 1_300;

    /// <summary>The unique id of a role has 21, and there are = and a comma.</summary>
    private const int SubmitterWithoutName = 23;

    /// <summary>What the runner's own queues are called.</summary>
    private static readonly string[] OwnQueues =
        ["Uploads", Names.EventsQueue, "Schedules", Names.CommandsQueue, "StoppedTasks", "Undelivered", "FailedTicks"];

    public static IEnumerable<string> Check(JobRunnerProps props, IReadOnlyCollection<JobDefinition> jobs) =>
    [
        .. CheckRules(jobs),
        .. CheckSubmitters(jobs),
        .. CheckEmails(props),
        .. ChatRules.Check(props),
        .. CheckMetrics(props.Metrics, jobs),
        .. CheckBuckets(props, jobs),
        .. JobRecipients.Check(props.AdminEmails, jobs),
        .. CheckGiven(props),
        .. CheckLaunchRate(props.LaunchRate),
        .. CheckTracing(props.Tracing),
        .. props.MaxVcpus is { } vcpus ? CheckBudget(vcpus, jobs) : [],
        .. CheckQueues([.. jobs.Where(job => job.Queue is not null).Select(job => job.Name).Distinct()]),
    ];

    private static IEnumerable<string> CheckMetrics(JobMetrics metrics, IReadOnlyCollection<JobDefinition> jobs)
    {
        var own = jobs.Where(MetricRules.HasOwn).Select(job => job.Name).ToList();
        if (metrics == JobMetrics.None && own.Count > 0)
        {
            yield return "A runner with Metrics = None has no job with OwnMetrics or alarms (declared: " +
                $"{string.Join(", ", own)}). Leave Metrics out: metrics that have no value cost nothing.";
        }
    }

    private static IEnumerable<string> CheckQueues(IReadOnlyCollection<string> jobs)
    {
        foreach (var same in jobs.GroupBy(Names.Queue).Where(same => same.Count() > 1 || OwnQueues.Contains(same.Key)))
        {
            yield return $"Queues have names of their own in the stack's outputs, and {string.Join(", ", OwnQueues)} " +
                $"are the runner's (declared: {string.Join(" and ", same)}, whose queue is {same.Key}). " +
                "Rename the job.";
        }
    }

    /// <summary>What runners call by the stack's name: outputs, log groups, task families, queues, rules.</summary>
    public static IEnumerable<string> CheckAlone(Stack stack)
    {
        if (stack.StackName.Length > RuleName.MaxStackLength)
        {
            yield return $"The name of a runner's stack has at most {RuleName.MaxStackLength} characters, because " +
                "the names of its rules begin with it " +
                $"(declared: {stack.StackName}, which has {stack.StackName.Length}). Set a shorter StackName.";
        }

        var runners = stack.Node.FindAll()
            .OfType<JobRunner>()
            .Where(runner => Stack.Of(runner) == stack)
            .Select(runner => runner.Node.Path)
            .ToList();
        if (runners.Count > 1)
        {
            yield return "A stack has one JobRunner, because outputs, log groups and task families have the stack's " +
                $"name (declared: {string.Join(", ", runners)}). " +
                "Add all jobs to one of them, or give each a stack of its own.";
        }
    }

    private static IEnumerable<string> CheckLaunchRate(DispatchSettings rate)
    {
        if (rate.LaunchBurst is < 1 or > 10_000)
        {
            yield return $"LaunchRate.LaunchBurst is 1 to 10,000 (declared: {rate.LaunchBurst}). Leave it out for " +
                "Fargate's default of 100.";
        }

        if (rate.LaunchesPerSecond is not (> 0 and <= 1_000))
        {
            yield return "LaunchRate.LaunchesPerSecond is above 0 and at most 1,000 (declared: " +
                $"{rate.LaunchesPerSecond.ToString(CultureInfo.InvariantCulture)}). Leave it out for Fargate's " +
                "default of 20.";
        }
    }

    private static IEnumerable<string> CheckTracing(JobTracing? tracing)
    {
        if (tracing?.Share is not (null or (>= 0 and <= 1)))
        {
            yield return $"Tracing.Share is 0 to 1 (declared: {tracing.Share.ToString(CultureInfo.InvariantCulture)}). " +
                "Leave it out to record all runs.";
        }

        if (tracing?.Endpoint is { } endpoint
            && !Token.IsUnresolved(endpoint)
            && (!Uri.TryCreate(endpoint, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")))
        {
            yield return $"The endpoint of traces is an http or https URL (declared: {endpoint}). Write it as " +
                "https://collector.example.com:4318.";
        }
    }

    private static IEnumerable<string> CheckBudget(int vcpus, IReadOnlyCollection<JobDefinition> jobs)
    {
        if (vcpus < 1) yield return $"MaxVcpus is 1 or more (declared: {vcpus}). Leave it out for no limit.";
        var cpu = 1_024L * vcpus;
        foreach (var job in jobs.Where(job => job.Cpu > cpu))
        {
            yield return $"MaxVcpus is at least what one attempt uses: job '{job.Name}' has Cpu = {job.Cpu}, " +
                $"MaxVcpus = {vcpus} is {cpu}. Raise MaxVcpus or lower Cpu.";
        }
    }

    private static IEnumerable<string> CheckRules(IReadOnlyCollection<JobDefinition> jobs)
    {
        var rules = OwnRules + jobs.Sum(RulesOf);
        if (rules > MaxRules)
        {
            yield return $"An event bus has at most {MaxRules} rules, and each upload trigger, each event trigger and " +
                $"each schedule without a time zone is one (declared: {rules}, the most in {Most(jobs, RulesOf)}). " +
                "Give schedules TimeZone = \"UTC\", which need no rule, and replace upload triggers of one job by " +
                "one with a shorter prefix. " +
                "A second stack of the account and Region shares the bus: it helps once AWS has raised the quota.";
        }

        foreach (var bus in jobs.SelectMany(job => job.Events).Select(trigger => trigger.BusName).OfType<string>()
            .GroupBy(bus => bus)
            .Where(same => same.Count() > MaxRules))
        {
            yield return $"An event bus has at most {MaxRules} rules, and each event trigger is one (declared: " +
                $"{bus.Count()} on '{bus.Key}', the most in {Most(jobs, job => RulesOn(bus.Key, job))}). Make one " +
                "pattern of several: the values of a field are an array.";
        }
    }

    private static string Most(IEnumerable<JobDefinition> jobs, Func<JobDefinition, int> rules) =>
        Listed.Longest(jobs.OrderByDescending(rules).Select(job => $"{job.Name} with {rules(job)}"));

    /// <summary>Its rules on the default bus.</summary>
    private static int RulesOf(JobDefinition job) =>
        job.Uploads.Count + RulesOn(null, job) + job.Schedules.Count(schedule => schedule.TimeZone is null);

    private static int RulesOn(string? bus, JobDefinition job) => job.Events.Count(trigger => trigger.BusName == bus);

    private static IEnumerable<string> CheckSubmitters(IReadOnlyCollection<JobDefinition> jobs)
    {
        var submitters = jobs.Where(job => job.Submits.Count > 0).ToList();
        var characters = submitters.Sum(job => job.Name.Length + SubmitterWithoutName);
        if (characters > MaxSubmitters)
        {
            yield return $"Lambda takes 4 KB of environment, and OnCommand's names each job that submits others, " +
                $"with {MaxSubmitters:N0} characters left for that " +
                $"(declared: {submitters.Count} such jobs, which need {characters:N0}). Give them shorter names, or " +
                "make two stacks, each with a JobRunner, and move " +
                "some of them with the jobs that they submit to the second.";
        }
    }

    private static IEnumerable<string> CheckEmails(JobRunnerProps props)
    {
        foreach (var email in props.AdminEmails.Where(email => !RecipientRules.IsEmail(email)))
        {
            yield return $"AdminEmails has e-mail addresses (declared: {email}). Write it as name@example.com.";
        }
    }

    private static IEnumerable<string> CheckBuckets(JobRunnerProps props, IReadOnlyCollection<JobDefinition> jobs)
    {
        var used = UploadBuckets.OthersOf(jobs).ToList();
        var unused = props.Buckets.Keys.Except(used).Order(StringComparer.Ordinal).ToList();
        if (unused.Count > 0)
        {
            yield return "Buckets names buckets whose uploads start jobs (declared: " +
                $"{string.Join(", ", unused)}, which no job's trigger names). Write [OnUpload(…, Bucket = " +
                $"\"{unused[0]}\")], or remove it.";
        }

        if (used.Count > UploadBuckets.Most)
        {
            yield return $"Uploads of at most {UploadBuckets.Most} buckets besides the runner's start jobs, because " +
                $"OnTick is told and allowed each (declared: {used.Count}, {Listed.Longest(used)}). Let more uploads " +
                "come to one bucket, under prefixes, or make two stacks, each with a JobRunner.";
        }
    }

    /// <summary>What would be set on a part that the runner does not make is its owner's to set.</summary>
    private static IEnumerable<string> CheckGiven(JobRunnerProps props)
    {
        if (props.SecurityGroups.Count > 0 && props.Vpc is null)
        {
            yield return "SecurityGroups are groups of Vpc (declared: without Vpc). Set Vpc, or leave them out.";
        }

        if (props is { Cluster: not null, ContainerInsights: not ContainerInsightsMode.Off })
        {
            yield return "ContainerInsights is a setting of a cluster that the runner makes (declared: with " +
                "Cluster). Leave it out, and set it there: aws ecs update-cluster-settings --cluster NAME --settings " +
                "name=containerInsights,value=enabled, or enhanced.";
        }

        if (props is { Bucket: not null, AccessLogs: not null })
        {
            yield return "AccessLogs are of a bucket that the runner makes (declared: with Bucket). Leave them out, " +
                "and set them there: aws s3api put-bucket-logging.";
        }

        if (props is { Verifier: not null, Canary: false })
        {
            yield return "Verifier is who may verify the stack by its canaries (declared: without Canary). Set Canary.";
        }

        if (props is { DeletionProtection: true, RemovalPolicy: RemovalPolicy.DESTROY })
        {
            yield return "DeletionProtection keeps the tables that RemovalPolicy.DESTROY deletes (declared: both). " +
                "Set one of them.";
        }
    }
}
