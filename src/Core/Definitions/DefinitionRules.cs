using System.Globalization;
using System.Text.RegularExpressions;
using Jobs.Core.Sizes;

namespace Jobs.Core.Definitions;

/// <summary>
/// What a declaration must satisfy for Fargate to run it and for its triggers to make sense. Synthesis fails on any
/// error.
/// </summary>
public static partial class DefinitionRules
{
    /// <summary>The largest <see cref="JobDefinition.MaxConcurrent"/>.</summary>
    private const int MaxCap = 10_000;

    /// <summary>ECS's limit for the name of a task definition family.</summary>
    public const int MaxFamilyLength = 255;

    /// <summary>
    /// SQS's limit for the name of a queue.
    /// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
    /// </summary>
    public const int MaxQueueLength = 80;

    /// <summary>Ours, so that <c>startedBy</c> (at most 128 characters) holds job, run and launch.</summary>
    public const int MaxNameLength = 64;

    /// <summary>S3's limit for a key in bytes of UTF-8, and so for a prefix.</summary>
    public const int MaxKeyBytes = 1_024;

    private const int MaxRunMinutes = 43_200;

    public static IReadOnlyList<DefinitionError> Check(string stack, IReadOnlyList<JobDefinition> jobs) =>
    [
        .. jobs.SelectMany(job => Check(stack, job)),
        .. CheckTogether(jobs),
        .. RelationRules.CheckWhole(jobs),
    ];

    public static IEnumerable<DefinitionError> Check(string stack, JobDefinition job) =>
        [.. Check(job), .. CheckLengths(stack, job)];

    /// <summary>What a job breaks by itself, whatever stack it is in.</summary>
    public static IEnumerable<DefinitionError> Check(JobDefinition job) =>
        [
            .. CheckName(job), .. CheckSize(job), .. CheckLimits(job), .. CheckGrowth(job),
            .. RetryPolicyRules.Check(job), .. KeyRules.Check(job), .. EventRules.Check(job),
            .. ScheduleRules.Check(job), .. QueueRules.Check(job), .. RecipientRules.Check(job),
            .. MetricRules.Check(job), .. LabelRules.Check(job),
            .. CheckVariables(job.Name, job.Environment.Keys),
        ];

    /// <summary>What some jobs of a stack break among themselves, whatever others it has.</summary>
    public static IEnumerable<DefinitionError> CheckTogether(IReadOnlyList<JobDefinition> jobs) =>
    [
        .. jobs.GroupBy(job => job.Name).Where(same => same.Count() > 1).Select(same => new DefinitionError(
            same.Key, "the names of a stack's jobs must differ", $"{same.Count()} jobs of this name",
            "Rename all but one.")),
        .. RelationRules.CheckTogether(jobs),
        .. QueueRules.CheckRelations(jobs),
    ];

    /// <summary>Whether a job can have this name.</summary>
    public static bool IsJobName(string name) => name.Length <= MaxNameLength && NamePattern().IsMatch(name);

    /// <summary>What is right by itself and comes too late: schedules whose last time is over.</summary>
    public static IEnumerable<DefinitionError> CheckFuture(JobDefinition job, DateTimeOffset now) =>
        ScheduleRules.CheckFuture(job, now);

    private static IEnumerable<DefinitionError> CheckName(JobDefinition job)
    {
        if (!IsJobName(job.Name))
        {
            yield return Error(
                job,
                $"a name has 1 to {MaxNameLength} lower-case letters, digits and single hyphens, and begins with a " +
                "letter",
                job.Name,
                "Choose a name such as csv-import.");
        }
    }

    private static IEnumerable<DefinitionError> CheckLengths(string stack, JobDefinition job)
    {
        var family = Names.TaskFamily(stack, job.Name);
        if (family.Length > MaxFamilyLength)
        {
            yield return Error(
                job,
                $"the task family <stack>_<job> has at most {MaxFamilyLength} characters",
                $"{family.Length} characters",
                "Shorten the name of the stack or of the job.");
        }

        if (job.Queue is not null && Names.JobDeadLetters(stack, job.Name) is { Length: > MaxQueueLength } queue)
        {
            yield return Error(
                job,
                $"the queue of its dead letters, <stack>_<job>_dead, has a name of at most {MaxQueueLength} characters",
                $"{queue} has {queue.Length}",
                "Shorten the name of the stack or of the job.");
        }
    }

    private static IEnumerable<DefinitionError> CheckSize(JobDefinition job)
    {
        var memories = FargateSizes.MemoriesFor(job.Cpu);
        if (memories.Count == 0)
        {
            yield return Error(
                job,
                "Cpu must be a size that Fargate has",
                Text(job.Cpu),
                $"Use one of {string.Join(", ", FargateSizes.Cpus)}.");
        }
        else if (!memories.Contains(job.MemoryMiB))
        {
            yield return Error(
                job,
                $"Fargate has no {job.MemoryMiB} MiB with {job.Cpu} CPU units",
                $"Cpu = {job.Cpu}, MemoryMiB = {job.MemoryMiB}",
                $"With Cpu = {job.Cpu} use MemoryMiB = {Describe(memories)}{OtherCpu(job.MemoryMiB)}.");
        }

        if (job.EphemeralStorageGiB is { } storage and (< 21 or > 200))
        {
            yield return Error(
                job,
                "EphemeralStorageGiB must be 21 to 200",
                Text(storage),
                "Leave it out for the 20 GiB that every task has.");
        }
    }

    private static IEnumerable<DefinitionError> CheckLimits(JobDefinition job)
    {
        if (job.TimeoutMinutes is < 1 or > 10_080)
        {
            yield return Error(
                job,
                "TimeoutMinutes must be 1 to 10,080 (a week)",
                Text(job.TimeoutMinutes),
                "Give the longest an attempt may take.");
        }

        if (job.RunTimeoutMinutes is { } limit && (limit < job.TimeoutMinutes || limit > MaxRunMinutes))
        {
            yield return Error(
                job,
                "RunTimeoutMinutes must be at least TimeoutMinutes, because it holds all attempts and waiting, and " +
                "at most 43,200 (30 days)",
                $"RunTimeoutMinutes = {limit}, TimeoutMinutes = {job.TimeoutMinutes}",
                "Leave it out for no limit.");
        }

        if (job.StopTimeoutSeconds is < 2 or > 120)
        {
            yield return Error(
                job,
                "StopTimeoutSeconds must be 2 to 120 on Fargate",
                Text(job.StopTimeoutSeconds),
                "Use 120 to have all of Spot's notice.");
        }

        if (job.MaxConcurrent is { } cap and (< 1 or > MaxCap))
        {
            yield return Error(job, $"MaxConcurrent must be 1 to {MaxCap:N0}", Text(cap), "Leave it out for no cap.");
        }
    }

    private static IEnumerable<DefinitionError> CheckGrowth(JobDefinition job)
    {
        if (job.MaxMemoryMiB is not { } limit
            || FargateSizes.Bigger(new TaskSize(job.Cpu, job.MemoryMiB), limit) is not null)
        {
            yield break;
        }

        var next = FargateSizes.Bigger(new TaskSize(job.Cpu, job.MemoryMiB), int.MaxValue);
        yield return Error(
            job,
            "MaxMemoryMiB must allow at least the next size that Fargate has",
            $"Cpu = {job.Cpu}, MemoryMiB = {job.MemoryMiB}, MaxMemoryMiB = {limit}",
            next is { } size
                ? $"The next is MemoryMiB = {size.MemoryMiB} with Cpu = {size.Cpu}; leave MaxMemoryMiB out for no " +
                "growth."
                : "Leave it out: Fargate has no larger size.");
    }

    /// <summary>Names of environment variables, plain or secret, that a job may have.</summary>
    public static IEnumerable<DefinitionError> CheckVariables(string job, IEnumerable<string> names) =>
        names
            .Where(
                name =>
                    name.StartsWith("JOBS_", StringComparison.Ordinal)
                        || name.StartsWith("AWS_", StringComparison.Ordinal)
                        || !VariablePattern().IsMatch(name))
            .Select(name => new DefinitionError(
                job,
                "an environment variable has letters, digits and underscores, and does not begin with JOBS_ or AWS_",
                name,
                "Choose another name."));

    private static string Describe(IReadOnlyList<int> memories) =>
        memories.Count <= 4
            ? string.Join(", ", memories)
            : $"{memories[0]} to {memories[^1]} in steps of {memories[1] - memories[0]}";

    private static string OtherCpu(int memoryMiB)
    {
        var cpus = FargateSizes.Cpus.Where(cpu => FargateSizes.Contains(cpu, memoryMiB)).ToList();
        return cpus.Count == 0 ? "" : $", or for {memoryMiB} MiB use Cpu = {string.Join(" or ", cpus)}";
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static DefinitionError Error(JobDefinition job, string rule, string value, string remedy) =>
        new(job.Name, rule, value, remedy);

    [GeneratedRegex(@"^[a-z][a-z0-9]*(-[a-z0-9]+)*\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex VariablePattern();
}
