namespace Jobs.Core;

/// <summary>
/// Outputs of the stack by which the command line finds its parts. Declared once, for both sides. All begin with Jobs,
/// because an output's name is the stack's own: the rest of the stack may well have a Bucket.
/// </summary>
public static class OutputNames
{
    /// <summary>Name of the runner's bucket.</summary>
    public const string Bucket = "JobsBucket";

    /// <summary>Name of the cluster.</summary>
    public const string Cluster = "JobsCluster";

    /// <summary>Name of the control table.</summary>
    public const string RunsTable = "JobsRunsTable";

    /// <summary>Name of the table of worker records.</summary>
    public const string ResultsTable = "JobsResultsTable";

    /// <summary>ARN of the topic that admins subscribe to.</summary>
    public const string AlertTopic = "JobsAlertTopic";

    /// <summary>URL of the queue for submit, retry, cancel and replay.</summary>
    public const string Commands = "JobsCommands";

    /// <summary>Name of the function that sweeps each minute. Invoked by hand it does so at once.</summary>
    public const string Tick = "JobsTick";

    /// <summary>Name of the canary's rule, which is deployed switched off; of a stack with canaries.</summary>
    public const string CanaryRule = "JobsCanaryRule";

    /// <summary>
    /// Before what the stack was given and did not make: Bucket, Cluster, AlertTopic or Key. The value is the command
    /// that prepares it.
    /// </summary>
    public const string PreparePrefix = "JobsPrepare";

    /// <summary>ARN of the KMS key that the stack was given.</summary>
    public const string Key = "JobsKey";

    /// <summary>Before the name of a queue; the value is its URL.</summary>
    public const string QueuePrefix = "JobsQueue";

    /// <summary>
    /// Before the name of a queue of what could not be done; the value is its URL. With the name of a queue it is that
    /// queue's.
    /// </summary>
    public const string DeadLettersPrefix = "JobsDeadLetters";
}
