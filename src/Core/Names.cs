namespace Jobs.Core;

/// <summary>Names that the stack gives and the runtime relies on.</summary>
public static partial class Names
{
    /// <summary>The container that runs the job, in every task definition.</summary>
    public const string WorkerContainer = "worker";

    /// <summary>
    /// Index of the runs that the sweep looks at, by shard of the stack, sorted by when to look at them again.
    /// </summary>
    public const string WatchIndex = "watch";

    /// <summary>Index of the runs that wait to be launched, by job, in the order of their queues.</summary>
    public const string WaitingIndex = "waiting";

    /// <summary>Index of all runs, by job and shard, sorted by creation.</summary>
    public const string HistoryIndex = "history";

    /// <summary>
    /// Attribute of an e-mail's message by which SNS chooses a job's recipients: the name of the job.
    /// </summary>
    public const string JobAttribute = "job";

    /// <summary>Prefix of the runner's bucket that belongs to the machinery: nothing under it starts a job.</summary>
    public const string ReservedPrefix = "_jobs/";

    /// <summary>Where the items of array runs are: JSON lines.</summary>
    public const string ArraysPrefix = ReservedPrefix + "arrays/";

    /// <summary>
    /// Beginning of the names of what a stack has for its jobs: <c>&lt;stack&gt;_</c>. A stack's name has letters,
    /// digits and hyphens only, so no stack's prefix is the beginning of another's, and one pattern in a policy means
    /// all jobs of one stack, however many.
    /// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
    /// </summary>
    public static string Prefix(string stack) => $"{stack}_";

    /// <summary>
    /// Path of the roles of a stack's jobs. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
    /// </summary>
    public static string RolePath(string stack) => $"/jobs/{stack}/";

    /// <summary>Family of a job's task definition: letters, digits, hyphens and underscores, at most 255.</summary>
    public static string TaskFamily(string stack, string job) => Prefix(stack) + job;

    /// <summary>A job's queue in SQS: letters, digits, hyphens and underscores, at most 80.</summary>
    public static string JobQueue(string stack, string job) => Prefix(stack) + job;

    /// <summary>The queue of what the tasks of a job's queue could not do. No job's name ends like this.</summary>
    public static string JobDeadLetters(string stack, string job) => $"{JobQueue(stack, job)}_dead";

    /// <summary>
    /// URL of a job's queue, which differs from that of any queue of the same account and Region in its last part.
    /// </summary>
    /// <param name="sibling">URL of such a queue.</param>
    public static string JobQueueUrl(string sibling, string stack, string job) =>
        sibling[..(sibling.LastIndexOf('/') + 1)] + JobQueue(stack, job);

    /// <summary>The inbox of what <c>[OnEvent]</c> finds, in a stack that has such jobs.</summary>
    public const string EventsQueue = "Events";

    /// <summary>The queue of what people, programs and jobs ask for.</summary>
    public const string CommandsQueue = "Commands";

    /// <summary>
    /// What the command line calls a job's queue: <c>queue-worker</c> has QueueWorker, because outputs of a stack have
    /// letters and digits only.
    /// </summary>
    public static string Queue(string job) =>
        string.Concat(
            job.Split('-', StringSplitOptions.RemoveEmptyEntries)
                .Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>The service of a job whose queue has one.</summary>
    public static string Service(string stack, string job) => Prefix(stack) + job;

    /// <summary>
    /// The alarm that messages of a job's queue wait. It carries which job to the function that it wakes.
    /// </summary>
    public static string BacklogAlarm(string stack, string job) => $"{Prefix(stack)}{job}_backlog";

    /// <summary>
    /// A schedule in the stack's group of EventBridge Scheduler. No name of a job or a schedule has a dot.
    /// </summary>
    public static string Schedule(string job, string schedule) => $"{job}.{schedule}";

    /// <summary>
    /// Stream of a task in its job's log group, by awslogs' rule: <c>&lt;prefix&gt;/&lt;container&gt;/&lt;task
    /// id&gt;</c>.
    /// </summary>
    public static string LogStream(string taskId) => $"{WorkerContainer}/{WorkerContainer}/{taskId}";

    public static string LogGroup(string stack, string job) => $"/jobs/{stack}/{job}";
}
