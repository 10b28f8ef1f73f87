using System.Globalization;

namespace Jobs.Core.Definitions;

/// <summary>What a job's queue must satisfy.</summary>
internal static class QueueRules
{
    public static IEnumerable<DefinitionError> Check(JobDefinition job) => job.Queue is not { } queue
        ? []
        :
        [
            .. CheckAlone(job), .. CheckNumbers(job, queue), .. CheckMode(job, queue),
            .. QueueServiceRules.Check(job, queue),
        ];

    /// <summary>
    /// Only its queue starts runs of a job that takes messages, and its runs have neither an input nor a result for
    /// others.
    /// </summary>
    public static IEnumerable<DefinitionError> CheckRelations(IReadOnlyList<JobDefinition> jobs)
    {
        var queues = jobs.Where(job => job.Queue is not null).Select(job => job.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. jobs.SelectMany(job => job.Submits.Where(queues.Contains).Select(other => Error(
                job, "a job that takes messages from a queue cannot be submitted", $"Submits {other}",
                $"Send messages to the queue of {other}."))),
            .. jobs.SelectMany(job => job.Afters.Where(after => queues.Contains(after.Job)).Select(after => Error(
                job, "no job comes after one that takes messages from a queue: its runs come and go with the backlog",
                $"After {after.Job}", "Submit this job from the handler of the message."))),
        ];
    }

    private static IEnumerable<DefinitionError> CheckAlone(JobDefinition job)
    {
        var others = job.Events.Count + job.Schedules.Count + job.Afters.Count;
        if (others > 0)
        {
            yield return Error(
                job,
                "a job that takes messages from a queue has no other trigger, but uploads that come as its messages",
                $"{others} besides the queue",
                "Make a second job, which sends messages to this one's queue or does the work itself.");
        }

        foreach (var upload in job.Uploads.Where(upload => upload.Priority != 0))
        {
            yield return Error(
                job,
                "Priority orders waiting runs, and the uploads of a job with a queue are messages, which SQS gives in " +
                "no order",
                $"Priority = {upload.Priority} on {upload.Name}",
                "Leave it out; or make a second job of the class's work for the uploads that must not wait.");
        }

        if (job.Retry != new RetryPolicy())
        {
            yield return Error(
                job,
                "Retry does nothing for a job that takes messages from a queue: a message that fails comes again",
                $"Attempts = {job.Retry.Attempts}, BackoffSeconds = {job.Retry.BackoffSeconds}",
                "Leave it out, and set MaxReceives and VisibilitySeconds of the queue.");
        }

        if (job.WhenPaused != WhenPaused.Wait)
        {
            yield return Error(
                job,
                "WhenPaused does nothing for a job that takes messages from a queue: they wait there while it is paused",
                $"WhenPaused = {job.WhenPaused}",
                "Leave it out.");
        }

        if (job.MaxMemoryMiB is { } memory)
        {
            yield return Error(
                job,
                "MaxMemoryMiB does nothing for a job that takes messages from a queue: its runs are not repeated",
                $"MaxMemoryMiB = {memory}",
                "Leave it out, and give MemoryMiB what the messages need.");
        }

        if (job.MaxConcurrent is { } cap)
        {
            yield return Error(
                job,
                "a queue has its own cap, MaxTasks",
                $"MaxConcurrent = {cap}",
                "Leave MaxConcurrent out and set MaxTasks of the queue.");
        }
    }

    private static IEnumerable<DefinitionError> CheckNumbers(JobDefinition job, QueueTrigger queue) =>
    [
        .. Range(
            job,
            nameof(queue.MessagesPerTask),
            queue.MessagesPerTask,
            1,
            100_000,
            "Give how many messages one task may find waiting."),
        .. Range(job, nameof(queue.MaxTasks), queue.MaxTasks, 1, 500, "Give how many tasks may be alive at once."),
        .. Range(job, nameof(queue.IdleSeconds), queue.IdleSeconds, 5, 3_600, "Use 30 when unsure."),
        .. Range(
            job,
            nameof(queue.VisibilitySeconds),
            queue.VisibilitySeconds,
            30,
            43_200,
            "Use 60 when unsure: it is extended while a message is worked on."),
        .. Range(job, nameof(queue.MaxReceives), queue.MaxReceives, 1, 1_000, "Use 5 when unsure."),
        .. Range(
            job, nameof(queue.Parallelism), queue.Parallelism, 1, 100, "Use 1 to work on one message after the other."),
    ];

    private static IEnumerable<DefinitionError> CheckMode(JobDefinition job, QueueTrigger queue)
    {
        if (!Enum.IsDefined(queue.Mode))
        {
            yield return Error(
                job,
                "Mode of the queue must be one that exists",
                queue.Mode.ToString(),
                $"Use {string.Join(" or ", Enum.GetNames<QueueMode>())}.");
        }

        if (queue is { Mode: not QueueMode.Service, Service: not null })
        {
            yield return Error(
                job,
                "what scales a service needs Mode = Service",
                $"Mode = {queue.Mode}",
                "Set Mode = QueueMode.Service, or take MinTasks, steps, schedules and percentages away.");
        }
    }

    internal static IEnumerable<DefinitionError> Range(
        JobDefinition job, string name, int value, int least, int most, string remedy) =>
        value >= least && value <= most
            ? []
            : [Error(job, $"{name} of the queue must be {least.ToString("N0", CultureInfo.InvariantCulture)} to " +
                $"{most.ToString("N0", CultureInfo.InvariantCulture)}", value.ToString(
                    CultureInfo.InvariantCulture), remedy)];

    private static DefinitionError Error(JobDefinition job, string rule, string value, string remedy) =>
        new(job.Name, rule, value, remedy);
}
