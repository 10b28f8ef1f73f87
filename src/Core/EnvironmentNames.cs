namespace Jobs.Core;

/// <summary>
/// Environment variables by which the stack tells functions and workers where things are. Declared once, for both
/// sides.
/// </summary>
public static class EnvironmentNames
{
    /// <summary>Functions and workers: name of the stack; task families are <c>&lt;stack&gt;_&lt;job&gt;</c>.</summary>
    public const string Stack = "JOBS_STACK";

    /// <summary>Functions and workers: name of the control table.</summary>
    public const string RunsTable = "JOBS_RUNS_TABLE";

    /// <summary>Functions and workers: name of the table of worker records.</summary>
    public const string ResultsTable = "JOBS_RESULTS_TABLE";

    /// <summary>Functions and workers: name of the runner's bucket.</summary>
    public const string Bucket = "JOBS_BUCKET";

    /// <summary>
    /// Function that sweeps: the stack's names of other buckets, as <c>&lt;name&gt;=&lt;name in S3&gt;</c>,
    /// comma-separated; absent for none.
    /// </summary>
    public const string Buckets = "JOBS_BUCKETS";

    /// <summary>
    /// Functions and workers: 1 for a process that waits for a debugger before it does anything. The laptop sets it.
    /// </summary>
    public const string Debug = "JOBS_DEBUG";

    /// <summary>Functions: ARN of the cluster.</summary>
    public const string Cluster = "JOBS_CLUSTER";

    /// <summary>Functions: ids of the subnets, comma-separated.</summary>
    public const string Subnets = "JOBS_SUBNETS";

    /// <summary>Functions: ids of the security groups, comma-separated.</summary>
    public const string SecurityGroups = "JOBS_SECURITY_GROUPS";

    /// <summary>Functions: ENABLED or DISABLED, ECS's assignPublicIp.</summary>
    public const string AssignPublicIp = "JOBS_ASSIGN_PUBLIC_IP";

    /// <summary>Functions: ARN of the topic that admins subscribe to.</summary>
    public const string AlertTopic = "JOBS_ALERT_TOPIC";

    /// <summary>Functions: 1 where chat channels are subscribed to the alert topic; absent where none is.</summary>
    public const string Chat = "JOBS_CHAT";

    /// <summary>
    /// Functions: ARN of the topic that those subscribe to who hear of successes; absent where there are none.
    /// </summary>
    public const string SuccessTopic = "JOBS_SUCCESS_TOPIC";

    /// <summary>
    /// Functions: none for no metrics, jobs for those of each job besides those of the stack; absent for the latter
    /// alone.
    /// </summary>
    public const string Metrics = "JOBS_METRICS";

    /// <summary>Functions with an inbox: URL of the queue for messages that can never succeed.</summary>
    public const string DeadLetterQueue = "JOBS_DEAD_LETTER_QUEUE";

    /// <summary>
    /// Function of the commands queue: the jobs that may submit others, as <c>&lt;role id&gt;=&lt;job&gt;</c>,
    /// comma-separated; absent for none.
    /// </summary>
    public const string Submitters = "JOBS_SUBMITTERS";

    /// <summary>
    /// Workers of jobs that may submit others: URL of the commands queue. Functions that look at backlogs, or send
    /// uploads to jobs' queues: the same, from which those of the jobs' queues follow.
    /// </summary>
    public const string Commands = "JOBS_COMMANDS";

    /// <summary>Functions: launches that may follow each other at once, a whole number.</summary>
    public const string LaunchBurst = "JOBS_LAUNCH_BURST";

    /// <summary>Functions: launches a second in the long run, a number with a point.</summary>
    public const string LaunchesPerSecond = "JOBS_LAUNCHES_PER_SECOND";

    /// <summary>
    /// Functions: vCPUs that all attempts of the stack may use at once, a whole number; absent for no limit.
    /// </summary>
    public const string MaxVcpus = "JOBS_MAX_VCPUS";

    /// <summary>Workers, in the task definition: name of the job.</summary>
    public const string Job = "JOBS_JOB";

    /// <summary>
    /// Workers, in the task definition: comma-separated names of the variables that hold secrets, whose values the host
    /// keeps out of what it writes.
    /// </summary>
    public const string Secrets = "JOBS_SECRETS";

    /// <summary>Workers of jobs that take messages: URL of the job's queue.</summary>
    public const string Queue = "JOBS_QUEUE";

    /// <summary>Workers of jobs that take messages: URL of the queue of those that could not be done.</summary>
    public const string QueueDeadLetters = "JOBS_QUEUE_DEAD_LETTERS";

    /// <summary>Workers, as an override, absent in the task of a service: id of the run.</summary>
    public const string RunId = "JOBS_RUN_ID";

    /// <summary>Workers, as an override: number of the launch.</summary>
    public const string Launch = "JOBS_LAUNCH";

    /// <summary>
    /// Workers, as an override where tracing is on: the attempt's place in its trace, under the name that
    /// OpenTelemetry gives it. https://opentelemetry.io/docs/specs/otel/context/env-carriers/
    /// </summary>
    public const string TraceParent = "TRACEPARENT";

    /// <summary>Workers, as an override of jobs without our host: bucket of the upload.</summary>
    public const string UploadBucket = "JOBS_UPLOAD_BUCKET";

    /// <summary>Workers, as an override of jobs without our host: key of the upload.</summary>
    public const string UploadKey = "JOBS_UPLOAD_KEY";

    /// <summary>Workers, as an override of jobs without our host: version of the upload, where it has one.</summary>
    public const string UploadVersionId = "JOBS_UPLOAD_VERSION_ID";
}
